# SPDX-License-Identifier: EUPL-1.2
"""Settings come from the environment as it is when asked."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from inventory.settings import SettingError, get_settings


def test_settings_follow_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call reads anew; an empty value counts as not set."""
    monkeypatch.setenv("GENBRO_REAL_DATA", "/srv/registers")
    monkeypatch.setenv("GENBRO_DATABASE_URL", "")
    assert get_settings().real_data == Path("/srv/registers")
    assert get_settings().database_url is None
    monkeypatch.setenv("GENBRO_REAL_DATA", "")
    assert get_settings().real_data is None


def test_a_wrong_value_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log level that does not exist is an error, not a silent default."""
    monkeypatch.setenv("GENBRO_LOG_LEVEL", "LOUD")
    with pytest.raises(SettingError, match="GENBRO_LOG_LEVEL cannot be 'LOUD'"):
        get_settings()


def test_settings_are_frozen() -> None:
    """Nobody changes a setting while the program runs."""
    with pytest.raises(ValidationError, match="frozen"):
        get_settings().home = Path("/elsewhere")  # type: ignore[misc]
