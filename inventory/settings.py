# SPDX-License-Identifier: EUPL-1.2
"""Settings: the only reader of the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from inventory.errors import BadInputError

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """What the machine decides; what a planner may change is stored on the run instead.

    An empty value counts as not set.
    """

    model_config = SettingsConfigDict(
        env_prefix="GENBRO_", env_ignore_empty=True, frozen=True, extra="ignore", populate_by_name=True
    )

    database_url: str | None = Field(
        default=None, description="A PostgreSQL with PostGIS of your own; no server is started then."
    )
    home: Path | None = Field(
        default=None, description="Folder of the private PostGIS; one per clone where not set."
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        pattern=r"^https?://[^\s/?#]+(/[^\s?#]*)?$",
        description="Where telephones find the server: the start of the addresses on QR labels.",
    )
    operator: str | None = Field(
        default=None, description="Who runs this Genbro, as the accessibility statement names them."
    )
    contact: str | None = Field(
        default=None,
        description="Where those turn who cannot use a page: an e-mail address, a telephone number, a page.",
    )
    files: Path | None = Field(
        default=None, description="Folder of photos and documents; `files` in the home where not set."
    )
    upload_days: int = Field(
        default=30,
        ge=1,
        le=3650,
        description="Days that an upload is kept which nobody imports.",
    )
    answers_mb: int = Field(
        default=64,
        ge=0,
        le=65536,
        description="Megabytes of answers that each web process keeps; 0 makes every page anew.",
    )
    real_data: Path | None = Field(
        default=None, description="Folder with real registers for tests and trials; skipped where not set."
    )
    scheduler: str | None = Field(
        default=None,
        description="A Dask scheduler whose workers solve; processes of one's own where not set.",
    )
    shards: Path | None = Field(
        default=None, description="Folder all of that cluster sees, for shards; they are sent where not set."
    )
    log_level: LogLevel = Field(default="WARNING", description="How much the programs tell on stderr.")
    xdg_data_home: Path | None = Field(
        default=None,
        validation_alias="XDG_DATA_HOME",
        description="Where an ordinary user's data folders lie; ~/.local/share where not set.",
    )
    xdg_runtime_dir: Path | None = Field(
        default=None,
        validation_alias="XDG_RUNTIME_DIR",
        description="Where sockets go when the data folder's own path is too long for one.",
    )


class SettingError(BadInputError):
    """The setting {name} cannot be {value}: {why}."""


def get_settings() -> Settings:
    """Read the environment as it is now.

    Raises
    ------
    SettingError
        A value does not fit.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = str(first["loc"][0])
        shown = name if name.startswith("XDG_") else f"GENBRO_{name.upper()}"
        raise SettingError(name=shown, value=repr(first["input"]), why=first["msg"]) from error
