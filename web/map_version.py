# SPDX-License-Identifier: EUPL-1.2
"""The version of the map that tiles and pages of this request show: the newest there is."""

from inventory.queries.map.grid import Tile
from inventory.queries.map.group_tiles import MapVersion, read_map_version
from web.session import get_keeper, get_session


def read_current_version(*, tile: Tile | None = None) -> MapVersion:
    """Read the version of the map, and of one of its tiles, once what was written since is taken in."""
    version = read_map_version(get_session(), tile=tile)
    if version.behind:
        get_keeper().catch_up()
        version = read_map_version(get_session(), tile=tile)
    return version
