# SPDX-License-Identifier: EUPL-1.2
"""Notebooks are committed without what they printed; that they run is nbmake's to say."""

import json
from pathlib import Path

import pytest

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.name)
def test_outputs_are_stripped(path: Path) -> None:
    """No output, no execution count, no name of a machine's own kernel."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert code
    assert not [cell for cell in code if cell["outputs"] or cell["execution_count"]]
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_there_is_a_notebook() -> None:
    """The parametrised test above has something to look at."""
    assert sorted(NOTEBOOKS.glob("*.ipynb"))
