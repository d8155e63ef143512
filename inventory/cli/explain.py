# SPDX-License-Identifier: EUPL-1.2
"""genbro explain: why a plan gives a requirement what it does, and what would help it to more."""

import json
from collections.abc import Sequence
from uuid import UUID

import click
from rich.console import Console
from sqlalchemy.orm import Session

from inventory.cli.options import database_option, json_option
from inventory.cli.plan import open_console
from inventory.database import make_engine, session_factory
from inventory.matching.explanations import explain_again, explain_pair
from inventory.matching.naming import find_voice
from inventory.matching.told import write_told
from inventory.queries.instant import NamedLot
from inventory.queries.plans.explanations import find_requirement
from matcher.explain.told import Explanation, RequirementExplanation, list_pairs
from matcher.explain.voice import Language, Voice

_LANGUAGES: tuple[Language, ...] = ("da", "en")
language_option = click.option(
    "--in",
    "language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the sentences.",
)


@click.command()
@click.argument("requirement", metavar="REQUIREMENT")
@click.option("--run", default="latest", show_default=True, help="The run: its id or the first letters.")
@click.option("--lot", "lot_id", type=click.UUID, help="Explain only what became of this lot here.")
@language_option
@json_option
@database_option
def explain(
    *, url: str, as_json: bool, requirement: str, run: str, lot_id: UUID | None, language: Language
) -> None:
    """Explain what REQUIREMENT (its ref, PROJECT/REF, its id or the first letters of that) got, and why.

    Why it got its lots, the best lots it did not get with the rule each fails or the price each was lost at,
    and what would have to change for it to get more, found by asking the engine.
    """
    engine = make_engine(url)
    try:
        with session_factory(engine)() as session:
            requirement_id = find_requirement(session, requirement)
        told: Explanation
        if lot_id is None:
            told = explain_again(engine, run=run, requirement_id=requirement_id)
        else:
            told = explain_pair(engine, run=run, requirement_id=requirement_id, lot_id=lot_id)
        with session_factory(engine)() as session:
            if as_json:
                click.echo(json.dumps(tell_json(session, told), ensure_ascii=False))
                return
            print_told(
                open_console(), find_voice(session, [told], language=language, name_lot=call_lot), told
            )
    finally:
        engine.dispose()


def call_lot(lot: NamedLot, material: str) -> str:
    """Name a lot to whoever keeps the inventory: number, site and material."""
    return f"{lot.ref} ({lot.site}, {material.lower()})"


def tell_json(session: Session, told: Explanation) -> dict[str, object]:
    """Turn an explanation into codes and numbers with its sentences in both languages."""
    voices = {
        language: find_voice(session, [told], language=language, name_lot=call_lot) for language in _LANGUAGES
    }
    return {
        "told": write_told(told),
        "sentences": {language: list(say_told(voice, told)) for language, voice in voices.items()},
    }


def say_told(voice: Voice, told: Explanation) -> Sequence[str]:
    """Say an explanation as a command does: of a requirement every pair that it speaks of."""
    if not isinstance(told, RequirementExplanation):
        return voice.tell(told)
    said = [*voice.tell_outcome(told)]
    for pair in told.matched:
        said.extend(voice.tell_pair(pair))
    said.extend(voice.tell_unmet(told))
    for pair in told.nearest:
        said.extend(voice.tell_pair(pair))
    return (*said, *voice.tell_advice(told.requirement, told.advice))


def print_told(console: Console, voice: Voice, told: Explanation) -> None:
    """Print an explanation as short paragraphs, one for each lot."""
    if not isinstance(told, RequirementExplanation):
        for pair in list_pairs(told):
            console.print(" ".join(voice.tell_pair(pair)), highlight=False)
        return
    console.print(" ".join(voice.tell_outcome(told)), highlight=False)
    for pair in told.matched:
        console.print("+ " + " ".join(voice.tell_pair(pair)), highlight=False)
    for sentence in voice.tell_unmet(told):
        console.print(sentence, highlight=False)
    for pair in told.nearest:
        console.print("- " + " ".join(voice.tell_pair(pair)), highlight=False)
    for sentence in voice.tell_advice(told.requirement, told.advice):
        console.print(sentence, highlight=False)
