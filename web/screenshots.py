# SPDX-License-Identifier: EUPL-1.2
"""Pictures of the main pages for README and docs: `python -m web.screenshots OUT --base-url URL`."""

import io
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

# WebGL without a graphics card; no sandbox, since set-up often runs as root in a container.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
]
PICTURES = ("map", "lot", "building", "coming", "project", "answer", "plan")
SIZE = {"width": 1280, "height": 860}
_MAP_DRAWN = "#map[data-state=idle]"


def _follow_first(page: "Page", *, selector: str, what: str) -> str:
    """Return the address of the first link a selector finds on a page."""
    link = page.query_selector(selector)
    address = link.get_attribute("href") if link is not None else None
    if address is None:
        raise click.ClickException(f"The page {page.url} leads to no {what}: is the database filled?")
    return address


def take_screenshots(folder: Path, *, base_url: str, chromium: str) -> list[Path]:
    """Take the pictures `PICTURES` of the pages in Danish.

    Raises
    ------
    click.ClickException
        There is no lot, project or plan to show.
    """
    # A development dependency, needed by nothing the server does.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        page = browser.new_page(viewport=SIZE, device_scale_factor=2, locale="da-DK")  # type: ignore[arg-type]

        def take(name: str, address: str) -> None:
            page.goto(base_url + address)
            if page.query_selector("#map"):
                page.wait_for_selector(_MAP_DRAWN)
            taken.append(_keep(page.screenshot(), folder / f"{name}.png"))

        take("map", "/")
        take("lot", _follow_first(page, selector="#results td a", what="lot"))
        take("building", _follow_first(page, selector="main a[href*='/sites/']", what="building"))
        take("coming", "/coming")
        page.goto(f"{base_url}/projects")
        take("project", _follow_first(page, selector="main td a[href*='/projects/']", what="project"))
        take("answer", _follow_first(page, selector="main a[href$='/instant']", what="answer"))
        page.goto(f"{base_url}/runs")
        take("plan", _follow_first(page, selector="tr:has(.gb-badge-run-done) a", what="finished plan"))
        browser.close()
    return taken


def _keep(picture: bytes, target: Path) -> Path:
    """Keep a picture in 256 colours: pages have few, and it is a third of the size."""
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(colors=256, dither=Image.Dither.NONE).save(target, optimize=True)
    return target


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--base-url", default="http://127.0.0.1:8000", show_default=True, help="Where the server answers."
)
@click.option("--chromium", default=None, help="The browser; the one on the PATH where not given.")
def main(out: Path, base_url: str, chromium: str | None) -> None:
    """Write the pictures of the main pages to the folder OUT."""
    browser = chromium or shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        raise click.ClickException("There is no Chromium on the PATH; say where with --chromium.")
    for path in take_screenshots(out, base_url=base_url.rstrip("/"), chromium=browser):
        click.echo(path)


if __name__ == "__main__":
    main()
