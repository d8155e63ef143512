# SPDX-License-Identifier: EUPL-1.2
"""The version of the map that tiles and pages of this request show: the newest there is."""

from inventory.queries.map.group_tiles import MapVersion, read_map_version
from web.session import get_keeper, get_session


def read_current_version() -> MapVersion:
    """Read the version of the map, after what was written since has been taken in."""
    version = read_map_version(get_session())
    if version.behind:
        get_keeper().catch_up()
        version = read_map_version(get_session())
    return version
