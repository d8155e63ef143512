# SPDX-License-Identifier: EUPL-1.2
# Genbro without its private PostGIS: the database is another service (docker-compose.yml).
FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3-venv && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/genbro
COPY . .
# GENBRO_DATABASE_URL says that no PostGIS is to be installed here.
RUN GENBRO_DATABASE_URL=postgresql://none@none/none ./setup.sh demo \
    && UV_PYTHON_DOWNLOADS=never .bootstrap/bin/uv sync --quiet --frozen --no-dev && rm -rf .bootstrap

FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 python3 && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home genbro
COPY --from=build /opt/genbro /opt/genbro
WORKDIR /opt/genbro
ENV PATH=/opt/genbro/.venv/bin:$PATH PYTHONUNBUFFERED=1
USER genbro
CMD ["genbro", "--help"]
