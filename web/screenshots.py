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
    # What the map draws is drawn by an emulated graphics card; pages are put together faster without one.
    "--disable-gpu-compositing",
]
PICTURES = ("map", "when", "lot", "answer", "savings", "firm", "plan", "survey")
MOST_BYTES = 250_000
"""A paper is read over the network too."""
SIZE, SCALE = {"width": 1280, "height": 860}, 1.5
PHONE, PHONE_SCALE = {"width": 390, "height": 844}, 2
_COLOURS = 128
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
        page = browser.new_page(viewport=SIZE, device_scale_factor=SCALE, locale="da-DK")  # type: ignore[arg-type]

        def take(name: str, address: str, *, begin: str = "body") -> None:
            page.goto(base_url + address)
            if page.query_selector("#map"):
                page.wait_for_selector(_MAP_DRAWN)
            page.evaluate("() => document.fonts.ready")
            page.locator(begin).first.evaluate("one => one.scrollIntoView()")
            taken.append(_keep(page.screenshot(), folder / f"{name}.png"))

        take("map", "/")
        take("when", "/", begin="#map")
        take("lot", _follow_first(page, selector="#results td a", what="lot"))
        page.goto(f"{base_url}/projects")
        page.goto(base_url + _follow_first(page, selector="main td a[href*='/projects/']", what="project"))
        savings = _follow_first(page, selector="main a[href$='/savings']", what="savings")
        take("answer", _follow_first(page, selector="main a[href$='/instant']", what="answer"))
        take("savings", savings)
        page.goto(f"{base_url}/firm")
        page.locator("main form button[type=submit]").first.click()
        take("firm", page.url.removeprefix(base_url))
        page.goto(f"{base_url}/runs")
        take("plan", _follow_first(page, selector="tr:has(.gb-badge-run-done) a", what="finished plan"))
        page = browser.new_page(viewport=PHONE, device_scale_factor=PHONE_SCALE, locale="da-DK")  # type: ignore[arg-type]
        page.goto(f"{base_url}/surveys")
        take("survey", _follow_first(page, selector="main .gb-card-link", what="survey"))
        browser.close()
    return taken


def _keep(picture: bytes, target: Path) -> Path:
    """Keep a picture in few colours: pages have few, and it is a third of the size."""
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(colors=_COLOURS, dither=Image.Dither.NONE)
        few.save(target, optimize=True)
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
