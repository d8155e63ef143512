# SPDX-License-Identifier: EUPL-1.2
"""What a filter offers, and which codes in an address are of it."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from inventory.queries.choices import find_class_codes, read_class_choices
from inventory.tables import MaterialClass


def test_codes_found_are_those_that_are_listed(session: Session):
    """Of all codes there are, and one there is not, those listed are found; a class out of force is not."""
    gone = session.execute(select(MaterialClass).where(MaterialClass.tradable).limit(1)).scalar_one()
    gone.valid_to = date(2026, 1, 1)
    session.flush()
    every = list(session.scalars(select(MaterialClass.code)))
    listed = {one.code for one in read_class_choices(session)}
    assert gone.code not in listed
    assert set(find_class_codes(session, [*every, "marble_of_nowhere"])) == listed
    assert find_class_codes(session, []) == []
