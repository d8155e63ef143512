# SPDX-License-Identifier: EUPL-1.2
"""Windows of months have sums of their own at zooms 9 and 10; marks of a class are counted in an index."""

from __future__ import annotations

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

PARTS = "'all', 'class', 'state', {windows}'months', 'class_months'"
COUNTED_BY = ["available_from", "available_to", "x", "y", "number", "basis", "not_counted"]

# Of the marks there are: cells of other parts need not be made anew.
FILL = """
    INSERT INTO map_cell (part, zoom, tile_x, tile_y, kind, class_id, cell, basis, firmness, screening, edge,
        month, n, surveyed, steps, mass_g, x, y, number, spot, spot_square, class_sum, class_square)
    SELECT 'windows', zoom, gx / 14, gy / 14, kind, 0, gy % 14 * 14 + gx % 14 AS cell, '', '', '', edge,
        month, count(*), count(*) FILTER (WHERE basis = 'surveyed'), sum(steps), sum(mass_g), sum(x), sum(y),
        sum(number), sum(spot), sum(spot * spot), sum(class_id), sum(class_id * class_id)
    FROM (
        SELECT kind, basis, class_id::bigint AS class_id, zoom, edge, month, steps, mass_g, x, y, number,
            genbro_map_spot(x, y) AS spot, floor((half + x / 10.0::float8) / side)::integer AS gx,
            floor((half - y / 10.0::float8) / side)::integer AS gy
        FROM map_mark
        CROSS JOIN (VALUES (20037508.342789244::float8)) AS mercator (half)
        CROSS JOIN generate_series(9, 10) AS zoom
        CROSS JOIN LATERAL (SELECT 2 * half / (1 << zoom) / 14) AS grid (side)
        CROSS JOIN LATERAL (VALUES
            ('from', genbro_map_month(available_from)), ('to', genbro_map_month(available_to - 1))
        ) AS ends (edge, month)
        WHERE not_counted IS NULL AND x IS NOT NULL
    ) AS placed
    GROUP BY kind, zoom, gx, gy, edge, month
    ORDER BY zoom, gx / 14, gy / 14, kind, cell, edge, month
"""


def upgrade() -> None:
    """Sum the marks there are."""
    allow_parts(PARTS.format(windows="'windows', "))
    op.execute(FILL)
    op.drop_index("ix_map_mark_class_id_quad", "map_mark")
    op.create_index(
        "ix_map_mark_kind_class_id_quad",
        "map_mark",
        ["kind", "class_id", "quad"],
        postgresql_include=COUNTED_BY,
    )


def downgrade() -> None:
    """Windows are counted from marks again."""
    op.drop_index("ix_map_mark_kind_class_id_quad", "map_mark")
    op.create_index("ix_map_mark_class_id_quad", "map_mark", ["class_id", "quad"])
    op.execute("DELETE FROM map_cell WHERE part = 'windows'")
    allow_parts(PARTS.format(windows=""))


def allow_parts(codes: str) -> None:
    """Say which parts cells may come in."""
    op.drop_constraint(op.f("ck_map_cell_part_code"), "map_cell")
    op.create_check_constraint(op.f("ck_map_cell_part_code"), "map_cell", f"part IN ({codes})")
