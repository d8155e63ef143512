# SPDX-License-Identifier: EUPL-1.2
"""The papers keep up with the program."""

import re
from pathlib import Path

import click
import yaml

from inventory.cli.main import COMMANDS, main
from inventory.settings import Settings
from web.screenshots import MOST_BYTES, PICTURES

WORDS = {
    "site", "lot", "requirement", "window", "pair", "match", "unmet", "plan", "problem", "certificate", "run",
    "factor", "reason",
}  # fmt: skip
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def find_section(text: str, heading: str) -> str:
    """Cut out what stands under a heading."""
    parts = re.split(r"^#+ ", text, flags=re.MULTILINE)
    found = [part for part in parts if part.splitlines() and part.splitlines()[0].strip("` ") == heading]
    assert len(found) == 1, f"no section called {heading}"
    return found[0]


def test_every_setting_has_a_line(root: Path) -> None:
    """The reference names each setting as the environment spells it, and no other."""
    text = (root / "docs/reference/settings.md").read_text()
    wanted = {
        str(field.validation_alias or f"GENBRO_{name.upper()}")
        for name, field in Settings.model_fields.items()
    }
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", text, flags=re.MULTILINE)) == wanted


def test_every_command_has_its_section(root: Path) -> None:
    """The reference has a section per command, which names each of its options and arguments."""
    text = (root / "docs/reference/commands.md").read_text()
    with click.Context(main) as context:
        for name in COMMANDS:
            command = main.get_command(context, name)
            assert command is not None
            check_command(text, command, words=f"genbro {name}")


def check_command(text: str, command: click.Command, *, words: str) -> None:
    """Look for a command's section, and for those of the commands below it."""
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            check_command(text, below, words=f"{words} {name}")
        return
    section = find_section(text, words)
    for parameter in command.params:
        shown = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
        assert f"`{shown}" in section, f"{words}: {shown}"


def test_every_word_is_in_the_glossary(root: Path) -> None:
    """One word per thing, each explained."""
    headings = set(
        re.findall(r"^\| \*\*(\w+)\*\*", (root / "docs/glossary.md").read_text(), flags=re.MULTILINE)
    )
    assert headings >= WORDS


def test_every_link_leads_somewhere(root: Path, files: list[Path]) -> None:
    """A link between papers names a file that is there."""
    broken = [
        f"{path}: {target}"
        for path in files
        if path.suffix == ".md"
        for target in LINK.findall((root / path).read_text())
        if not re.match(r"#|mailto:|\w+://", target)
        and not (root / path.parent / target.partition("#")[0]).exists()
    ]
    assert not broken


def test_every_page_is_reached_from_the_first(root: Path, files: list[Path]) -> None:
    """docs/index.md leads to each page of docs/."""
    linked = {
        (root / "docs" / target.partition("#")[0]).resolve()
        for target in LINK.findall((root / "docs/index.md").read_text())
    }
    pages = {(root / path).resolve() for path in files if path.parts[0] == "docs" and path.suffix == ".md"}
    assert pages - linked == {root / "docs/index.md"}


def test_every_picture_is_shown_with_words(root: Path, files: list[Path]) -> None:
    """Each picture is one the command takes, stands in a paper with words for it, and is below 250 kB."""
    papers = "".join((root / file).read_text(encoding="utf-8") for file in files if file.suffix == ".md")
    pictures = {file for file in files if file.parent == Path("docs/images")}
    assert {file.stem for file in pictures} == set(PICTURES)
    for file in pictures:
        assert (root / file).stat().st_size < MOST_BYTES
        assert re.search(
            rf'!\[[^]]{{20,}}\]\([^)]*images/{file.name}\)|images/{file.name}" alt="[^"]{{20,}}"', papers
        ), file


def test_publiccode_tells_what_public_bodies_ask(root: Path) -> None:
    """The description of public software holds the fields of its standard, and the licence of the project."""
    told = yaml.safe_load((root / "publiccode.yml").read_text())
    assert told["publiccodeYmlVersion"] == "0.4"
    for key in (
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "maintenance",
    ):
        assert told[key], key
    assert told["legal"]["license"] == "EUPL-1.2"
    assert set(told["localisation"]["availableLanguages"]) == {"da", "en"}
    for language in ("da", "en"):
        assert 150 <= len(told["description"][language]["longDescription"]) <= 10_000
        assert len(told["description"][language]["shortDescription"]) <= 150


def test_the_papers_of_a_public_project_are_there(root: Path) -> None:
    """Licence, security, contributing and changes are where people look for them."""
    assert "https://" in (root / "LICENSE").read_text()
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"):
        assert len((root / name).read_text().splitlines()) > 5, name
