#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Install what is missing: ./setup.sh python|demo|test. Called by make; quick when all is there.
#   python  uv, the Python packages in .venv
#   demo    the same, the front-end packages, and PostGIS unless GENBRO_DATABASE_URL is set
#   test    the same, PostGIS in any case (tests always make a cluster of their own) and Chromium
# Only apt runs with sudo, everything else as the caller.
set -euo pipefail
cd "$(dirname "$0")"

WHAT="${1:-demo}"
UV_VERSION=0.13.9
export UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv

say() { printf '%s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

# --- What is missing? ---------------------------------------------------------------------------------------

# A Python 3.11 or 3.12 that can make virtual environments; prints its path.
find_python() {
    local name
    for name in python3.11 python3.12 python3; do
        if has "$name" && "$name" -c 'import sys, venv, ensurepip; assert (3, 11) <= sys.version_info < (3, 13)' 2>/dev/null; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

# A PostgreSQL server with PostGIS: where Debian, Homebrew and Postgres.app put it, or on the PATH.
has_postgis() {
    local bin
    for bin in /usr/lib/postgresql/*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
        /Applications/Postgres.app/Contents/Versions/*/bin "$(dirname "$(command -v pg_ctl || echo /nowhere/x)")"; do
        # Its scripts and its library are two packages on Debian.
        if [ -x "$bin/initdb" ] && [ -x "$bin/pg_config" ] \
            && [ -f "$("$bin/pg_config" --sharedir)/extension/postgis.control" ] \
            && ls "$("$bin/pg_config" --pkglibdir)"/postgis-3.* >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

has_chromium() { has chromium || has chromium-browser || has google-chrome; }

wants_postgis() { [ "$WHAT" = test ] || { [ "$WHAT" = demo ] && [ -z "${GENBRO_DATABASE_URL:-}" ]; }; }

MISSING=()
find_python >/dev/null || MISSING+=(python)
if wants_postgis && ! has_postgis; then MISSING+=(postgis); fi
if [ "$WHAT" = test ] && ! has_chromium; then MISSING+=(chromium); fi

# --- Install it by apt, or say what to install ----------------------------------------------------------------

# Say what a person has to install, in the words of their system, and end.
refuse() {
    say "Genbro needs software that is not on this machine, and $1. Install:"
    local thing
    for thing in "${MISSING[@]}"; do
        case "$thing:$(uname -s)" in
            python:Darwin) say "  brew install python@3.12" ;;
            postgis:Darwin) say "  brew install postgresql@17 postgis      (or set GENBRO_DATABASE_URL to a PostGIS database of your own)" ;;
            chromium:Darwin) say "  brew install --cask chromium" ;;
            python:*) say "  Python 3.11 or 3.12 with venv           (Debian 12, as root: apt-get install python3-venv)" ;;
            postgis:*) say "  PostgreSQL 15 with PostGIS 3            (Debian 12, as root: apt-get install --no-install-recommends postgresql-15 postgresql-15-postgis-3)"
                say "                                          or set GENBRO_DATABASE_URL to a PostGIS database of your own" ;;
            chromium:*) say "  Chromium                                (Debian 12, as root: apt-get install chromium)" ;;
        esac
    done
    say "Then call make again."
    exit 1
}

SUDO=()
as_root() { "${SUDO[@]+"${SUDO[@]}"}" "$@"; }
apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 "$@" >&2 </dev/null; }

# Install packages; the lists are fetched anew only when they lack one or name a file that is gone.
apt_install() {
    if apt-cache show "$@" >/dev/null 2>&1 && apt_get install --no-install-recommends "$@"; then return 0; fi
    apt_get update
    apt_get install --no-install-recommends "$@"
}

install_postgis() {
    # Left alone, Debian makes a cluster on port 5432 with the server; where there is none, none shall come.
    if [ -z "$(ls -A /etc/postgresql 2>/dev/null)" ]; then
        apt_install postgresql-common
        as_root sed -i -E 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    fi
    local version
    for version in 15 16 17 18; do
        if [ -n "$(apt-cache search --names-only "^postgresql-$version-postgis-3$")" ]; then
            apt_install "postgresql-$version" "postgresql-$version-postgis-3"
            return 0
        fi
    done
    refuse "this system's packages have no PostGIS"
}

if [ "${#MISSING[@]}" -gt 0 ]; then
    has apt-get || refuse "this is not a Debian or Ubuntu"
    if [ "$(id -u)" -ne 0 ]; then
        has sudo || refuse "you are neither root nor have sudo"
        sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; } || refuse "sudo does not let you in"
        SUDO=(sudo)
    fi
    say "Installing by apt: ${MISSING[*]}"
    for thing in "${MISSING[@]}"; do
        case "$thing" in
            python) apt_install python3-venv; find_python >/dev/null || refuse "this system's Python is not 3.11 or 3.12" ;;
            postgis) install_postgis ;;
            chromium) apt_install chromium ;;
        esac
    done
fi

# --- Python packages, by uv from an environment of its own ------------------------------------------------------

PYTHON="$(find_python)"
STAMP="$(cat uv.lock pyproject.toml setup.sh | cksum) $PYTHON $PWD"
if [ ! -x .venv/bin/python ] || [ "$(cat .venv/genbro-stamp 2>/dev/null)" != "$STAMP" ]; then
    if [ "$(.bootstrap/bin/uv --version 2>/dev/null | cut -d' ' -f2)" != "$UV_VERSION" ]; then
        say "Fetching uv $UV_VERSION"
        rm -rf .bootstrap
        "$PYTHON" -m venv .bootstrap
        .bootstrap/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" >&2
    fi
    say "Fetching the Python packages"
    .bootstrap/bin/uv sync --quiet --frozen --python "$PYTHON" >&2
    printf '%s\n' "$STAMP" >.venv/genbro-stamp
fi

# --- Front-end packages; it looks itself whether they are stale --------------------------------------------------

if [ "$WHAT" != python ]; then
    .venv/bin/python -m web.vendor >&2
fi
