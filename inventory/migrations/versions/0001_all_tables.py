# SPDX-License-Identifier: EUPL-1.2
"""All tables, with the extensions and triggers they need."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from geoalchemy2 import Geometry
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

EXTENSIONS = ("postgis", "btree_gist", "pg_trgm")

TABLES = (
    "unmet",
    "match",
    "requirement",
    "lot_price",
    "design_option",
    "project",
    "lot",
    "building",
    "town",
    "site",
    "screening_limit",
    "substitute",
    "road_edge",
    "municipality",
    "factor",
    "event",
    "class_attribute",
    "certificate",
    "run",
    "road_node",
    "region",
    "organisation",
    "material_class",
    "code_list",
    "attribute",
)
"""The tables, each before those it names."""

FUNCTIONS = ("genbro_touch", "genbro_lot_geom", "genbro_site_geom", "genbro_class_tree")

TRIGGERS = (
    """
    CREATE FUNCTION genbro_touch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.updated_at := clock_timestamp();
        RETURN NEW;
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_updated_at BEFORE UPDATE ON {table}
        FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION genbro_touch()
        """
        for table in ("site", "lot", "requirement")
    ),
    # FOR SHARE: a site moved at the same time is waited for, so that its lots never stay behind.
    """
    CREATE FUNCTION genbro_lot_geom() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.geom := (SELECT site.geom FROM site WHERE site.id = NEW.site_id FOR SHARE);
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER lot_geom BEFORE INSERT OR UPDATE OF site_id, geom ON lot
    FOR EACH ROW EXECUTE FUNCTION genbro_lot_geom()
    """,
    """
    CREATE FUNCTION genbro_site_geom() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE lot SET geom = NEW.geom WHERE site_id = NEW.id;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER site_geom AFTER UPDATE OF geom ON site
    FOR EACH ROW WHEN (OLD.geom IS DISTINCT FROM NEW.geom) EXECUTE FUNCTION genbro_site_geom()
    """,
    """
    CREATE FUNCTION genbro_class_tree() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        above integer := NEW.parent_id;
    BEGIN
        WHILE above IS NOT NULL LOOP
            IF above = NEW.id THEN
                RAISE EXCEPTION 'class % would be its own ancestor', NEW.code
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_material_class_tree',
                    TABLE = 'material_class', SCHEMA = TG_TABLE_SCHEMA;
            END IF;
            above := (SELECT parent_id FROM material_class WHERE id = above);
        END LOOP;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER material_class_tree BEFORE INSERT OR UPDATE OF parent_id ON material_class
    FOR EACH ROW EXECUTE FUNCTION genbro_class_tree()
    """,
)


def upgrade() -> None:
    """Make the extensions, the tables and their triggers."""
    for extension in EXTENSIONS:
        op.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
    op.create_table(
        "attribute",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True, comment="Empty for a place in a code list"),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name_da", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('integer', 'ordered')", name=op.f("ck_attribute_kind_code")),
        sa.CheckConstraint(
            "name IN ('length_mm', 'width_mm', 'height_mm', 'thickness_mm', 'grade', 'year', "
            "'strength', 'fire', 'colour')",
            name=op.f("ck_attribute_name_code"),
        ),
        sa.CheckConstraint("step > 0", name=op.f("ck_attribute_step_positive")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_attribute")),
    )
    op.create_table(
        "code_list",
        sa.Column("list", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_da", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Exclusive"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_code_list_window_not_empty")),
        sa.PrimaryKeyConstraint("list", "code", name=op.f("pk_code_list")),
    )
    op.create_table(
        "material_class",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name_da", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column(
            "step",
            sa.Numeric(),
            nullable=False,
            comment="Units per step; quantities count steps",
        ),
        sa.Column("mass_g_per_step", sa.BigInteger(), nullable=False),
        sa.Column("volume_ml_per_step", sa.BigInteger(), nullable=False, comment="0 = unknown"),
        sa.Column("density_kg_m3", sa.Numeric(), nullable=True),
        sa.Column("thickness_mm", sa.Numeric(), nullable=True, comment="Typical"),
        sa.Column(
            "tradable",
            sa.Boolean(),
            nullable=False,
            comment="May lots and requirements name it?",
        ),
        sa.Column(
            "eak_code",
            sa.Text(),
            nullable=True,
            comment="European waste code, were it waste",
        ),
        sa.Column(
            "vehicle",
            sa.Text(),
            nullable=True,
            comment="Key of the vehicle factors that carry it",
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="Set when it left the reference data while rows still named it",
        ),
        sa.CheckConstraint(
            "code ~ '^[a-z][a-z0-9_]*$'",
            name=op.f("ck_material_class_code_lower_snake"),
        ),
        sa.CheckConstraint(
            "unit IN ('piece', 'm', 'm2', 'm3', 'kg', 't')",
            name=op.f("ck_material_class_unit_code"),
        ),
        sa.CheckConstraint(
            "NOT tradable OR mass_g_per_step > 0",
            name=op.f("ck_material_class_tradable_has_mass"),
        ),
        sa.CheckConstraint(
            "NOT tradable OR vehicle IS NOT NULL",
            name=op.f("ck_material_class_tradable_has_vehicle"),
        ),
        sa.CheckConstraint("density_kg_m3 > 0", name=op.f("ck_material_class_density_positive")),
        sa.CheckConstraint("id > 0", name=op.f("ck_material_class_id_positive")),
        sa.CheckConstraint(
            "mass_g_per_step >= 0",
            name=op.f("ck_material_class_mass_g_per_step_not_negative"),
        ),
        sa.CheckConstraint("step > 0", name=op.f("ck_material_class_step_positive")),
        sa.CheckConstraint("thickness_mm > 0", name=op.f("ck_material_class_thickness_positive")),
        sa.CheckConstraint(
            "volume_ml_per_step >= 0",
            name=op.f("ck_material_class_volume_ml_per_step_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["material_class.id"],
            name=op.f("fk_material_class_parent_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_class")),
        sa.UniqueConstraint("code", name=op.f("uq_material_class_code")),
        sa.UniqueConstraint("id", "tradable", name=op.f("uq_material_class_id_tradable")),
        sa.UniqueConstraint("id", "unit", "step", name=op.f("uq_material_class_id_unit_step")),
        sa.UniqueConstraint("id", "unit", name=op.f("uq_material_class_id_unit")),
    )
    op.create_index(
        op.f("ix_material_class_parent_id"),
        "material_class",
        ["parent_id"],
        unique=False,
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="other", nullable=False),
        sa.Column(
            "cvr",
            sa.Text(),
            nullable=True,
            comment="Number in the Danish business register",
        ),
        sa.CheckConstraint("cvr ~ '^[0-9]{8}$'", name=op.f("ck_organisation_cvr_eight_digits")),
        sa.CheckConstraint(
            "kind IN ('public_builder', 'demolition_firm', 'municipality', 'dealer', 'other')",
            name=op.f("ck_organisation_kind_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "region",
        sa.Column("code", sa.CHAR(length=4), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Exclusive"),
        sa.Column(
            "successor",
            sa.CHAR(length=4),
            nullable=True,
            comment="The region it became part of",
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9a-z]{4}$'", name=op.f("ck_region_code_four_signs")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_region_window_not_empty")),
        sa.ForeignKeyConstraint(["successor"], ["region.code"], name=op.f("fk_region_successor")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_region")),
        sa.UniqueConstraint("name", name=op.f("uq_region_name")),
    )
    op.create_table(
        "road_node",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="POINT",
                srid=25832,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column(
            "land_mass",
            sa.Text(),
            nullable=False,
            comment="Island or mainland the node lies on",
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_road_node")),
    )
    op.create_index(
        "ix_road_node_geom",
        "road_node",
        ["geom"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), server_default="requested", nullable=False),
        sa.Column("step", sa.Text(), nullable=True),
        sa.Column(
            "params",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("digest", sa.Text(), nullable=True, comment="SHA-256 of the problem"),
        sa.Column("termination", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("started_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column("finished_at", postgresql.TIMESTAMP(timezone=True), nullable=True),
        sa.Column(
            "cost",
            sa.BigInteger(),
            nullable=True,
            comment="C, in the certificate's quantum",
        ),
        sa.Column("bound", sa.BigInteger(), nullable=True, comment="LB"),
        sa.Column(
            "baseline",
            sa.BigInteger(),
            nullable=True,
            comment="B: everything bought new",
        ),
        sa.Column("gap", sa.Numeric(), nullable=True, comment="(C - LB) / (B - LB)"),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status <> 'done' OR (digest IS NOT NULL AND termination IS NOT NULL)",
            name=op.f("ck_run_done_has_digest"),
        ),
        sa.CheckConstraint(
            "status <> 'failed' OR error IS NOT NULL",
            name=op.f("ck_run_failed_has_error"),
        ),
        sa.CheckConstraint(
            "status = 'requested' OR started_at IS NOT NULL",
            name=op.f("ck_run_started"),
        ),
        sa.CheckConstraint(
            "status IN ('done', 'failed') = (finished_at IS NOT NULL)",
            name=op.f("ck_run_finished_at_end"),
        ),
        sa.CheckConstraint(
            "status IN ('requested', 'running', 'done', 'failed')",
            name=op.f("ck_run_status_code"),
        ),
        sa.CheckConstraint(
            "step IN ('snapshot', 'solve', 'check', 'write')",
            name=op.f("ck_run_step_code"),
        ),
        sa.CheckConstraint("step IS NULL OR status = 'running'", name=op.f("ck_run_step_while_running")),
        sa.CheckConstraint("bound <= cost", name=op.f("ck_run_bound_cost")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index("ix_run_created_at", "run", ["created_at"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("bound", sa.BigInteger(), nullable=False),
        sa.Column("baseline", sa.BigInteger(), nullable=False),
        sa.Column("gap", sa.Numeric(), nullable=False),
        sa.Column(
            "quantum",
            sa.BigInteger(),
            nullable=False,
            comment="Thousandths of an øre in one unit of cost",
        ),
        sa.Column(
            "versions",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.CheckConstraint("bound <= cost", name=op.f("ck_certificate_bound_cost")),
        sa.CheckConstraint("gap >= 0", name=op.f("ck_certificate_gap_not_negative")),
        sa.CheckConstraint("quantum > 0", name=op.f("ck_certificate_quantum_positive")),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["run.id"],
            name=op.f("fk_certificate_run_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_certificate")),
    )
    op.create_table(
        "class_attribute",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("attribute", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["attribute"], ["attribute.name"], name=op.f("fk_class_attribute_attribute")),
        sa.ForeignKeyConstraint(
            ["class_id"],
            ["material_class.id"],
            name=op.f("fk_class_attribute_class_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("class_id", "attribute", name=op.f("pk_class_attribute")),
    )
    op.create_index(
        op.f("ix_class_attribute_attribute"),
        "class_attribute",
        ["attribute"],
        unique=False,
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False, comment="The subject's table"),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=True),
        sa.Column(
            "data",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.CheckConstraint("kind ~ '^[a-z][a-z0-9_]*$'", name=op.f("ck_event_kind_lower_snake")),
        sa.CheckConstraint(
            "subject_kind ~ '^[a-z][a-z0-9_]*$'",
            name=op.f("ck_event_subject_kind_lower_snake"),
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_event_run_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_at", "event", ["at"], unique=False)
    op.create_index(op.f("ix_event_run_id"), "event", ["run_id"], unique=False)
    op.create_index(
        "ix_event_subject_kind_subject_id",
        "event",
        ["subject_kind", "subject_id", "id"],
        unique=False,
    )
    op.create_table(
        "factor",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column(
            "key",
            sa.Text(),
            server_default="",
            nullable=False,
            comment="Name within the kind; empty where the class says it all",
        ),
        sa.Column("value", sa.Numeric(), nullable=False),
        sa.Column("low", sa.Numeric(), nullable=True),
        sa.Column("high", sa.Numeric(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("edition", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "valid_to",
            sa.Date(),
            nullable=True,
            comment="Exclusive; empty = still in force",
        ),
        sa.Column("status", sa.Text(), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.column("kind"), "="),
            (sa.text("(COALESCE(class_id, 0))"), "="),
            (sa.column("key"), "="),
            (sa.text("daterange(valid_from, valid_to)"), "&&"),
            using="gist",
            name="ex_factor_one_in_force",
        ),
        sa.CheckConstraint("kind ~ '^[a-z][a-z0-9_]*$'", name=op.f("ck_factor_kind_lower_snake")),
        sa.CheckConstraint(
            "status <> 'assumption' OR (low IS NOT NULL AND high IS NOT NULL)",
            name=op.f("ck_factor_assumption_has_range"),
        ),
        sa.CheckConstraint("status IN ('sourced', 'assumption')", name=op.f("ck_factor_status_code")),
        sa.CheckConstraint("low <= value AND value <= high", name=op.f("ck_factor_low_value_high")),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_factor_window_not_empty")),
        sa.ForeignKeyConstraint(["class_id"], ["material_class.id"], name=op.f("fk_factor_class_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint(
            "kind",
            "class_id",
            "key",
            "valid_from",
            name=op.f("uq_factor_kind_class_id_key_valid_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_factor_class_id"), "factor", ["class_id"], unique=False)
    op.create_table(
        "municipality",
        sa.Column("code", sa.CHAR(length=4), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("region_code", sa.CHAR(length=4), nullable=True),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="POINT",
                srid=25832,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
            comment="A point inside",
        ),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9]{4}$'", name=op.f("ck_municipality_code_four_digits")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_municipality_region_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_municipality")),
        sa.UniqueConstraint("name", name=op.f("uq_municipality_name")),
    )
    op.create_index(
        "ix_municipality_geom",
        "municipality",
        ["geom"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_index(
        op.f("ix_municipality_region_code"),
        "municipality",
        ["region_code"],
        unique=False,
    )
    op.create_table(
        "road_edge",
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("metres", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('road', 'bridge', 'tunnel', 'ferry')",
            name=op.f("ck_road_edge_kind_code"),
        ),
        sa.CheckConstraint("a <> b", name=op.f("ck_road_edge_two_ends")),
        sa.CheckConstraint("metres > 0", name=op.f("ck_road_edge_metres_positive")),
        sa.ForeignKeyConstraint(["a"], ["road_node.id"], name=op.f("fk_road_edge_a")),
        sa.ForeignKeyConstraint(["b"], ["road_node.id"], name=op.f("fk_road_edge_b")),
        sa.PrimaryKeyConstraint("a", "b", name=op.f("pk_road_edge")),
    )
    op.create_index(op.f("ix_road_edge_b"), "road_edge", ["b"], unique=False)
    op.create_table(
        "substitute",
        sa.Column("class_id", sa.Integer(), nullable=False, comment="Wanted"),
        sa.Column("substitute_id", sa.Integer(), nullable=False, comment="Offered"),
        sa.Column("unit", sa.Text(), nullable=False, comment="Of both classes"),
        sa.Column("step", sa.Numeric(), nullable=False, comment="Of both classes"),
        sa.Column("p", sa.Integer(), nullable=False),
        sa.Column("q", sa.Integer(), nullable=False),
        sa.Column("penalty_ore", sa.Numeric(), nullable=False, comment="Per step"),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "status IN ('sourced', 'assumption')",
            name=op.f("ck_substitute_status_code"),
        ),
        sa.CheckConstraint(
            "unit IN ('piece', 'm', 'm2', 'm3', 'kg', 't')",
            name=op.f("ck_substitute_unit_code"),
        ),
        sa.CheckConstraint("class_id <> substitute_id", name=op.f("ck_substitute_two_classes")),
        sa.CheckConstraint("p = 1 AND q = 1", name=op.f("ck_substitute_one_to_one")),
        sa.CheckConstraint("penalty_ore >= 0", name=op.f("ck_substitute_penalty_ore_not_negative")),
        sa.ForeignKeyConstraint(
            ["class_id", "unit", "step"],
            ["material_class.id", "material_class.unit", "material_class.step"],
            name="fk_substitute_class_id_unit_step",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id", "unit", "step"],
            ["material_class.id", "material_class.unit", "material_class.step"],
            name="fk_substitute_substitute_id_unit_step",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("class_id", "substitute_id", name=op.f("pk_substitute")),
    )
    op.create_index(
        op.f("ix_substitute_substitute_id"),
        "substitute",
        ["substitute_id"],
        unique=False,
    )
    op.create_table(
        "screening_limit",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column(
            "municipality_code",
            sa.CHAR(length=4),
            nullable=True,
            comment="Empty = national guidance",
        ),
        sa.Column("substance", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("clean_below", sa.Numeric(), nullable=True),
        sa.Column("hazardous_from", sa.Numeric(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="Exclusive"),
        sa.CheckConstraint(
            "clean_below <= hazardous_from",
            name=op.f("ck_screening_limit_clean_then_hazardous"),
        ),
        sa.CheckConstraint("clean_below >= 0", name=op.f("ck_screening_limit_clean_below_not_negative")),
        sa.CheckConstraint(
            "hazardous_from >= 0",
            name=op.f("ck_screening_limit_hazardous_from_not_negative"),
        ),
        sa.CheckConstraint("valid_from < valid_to", name=op.f("ck_screening_limit_window_not_empty")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_screening_limit_municipality_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_screening_limit")),
        sa.UniqueConstraint(
            "municipality_code",
            "substance",
            "unit",
            "valid_from",
            name=op.f("uq_screening_limit_municipality_code_substance_unit_valid_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "ref",
            sa.Text(),
            nullable=False,
            comment="Its name in the register or file it came from",
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("postcode", sa.Text(), nullable=True),
        sa.Column("town", sa.Text(), nullable=True),
        sa.Column("municipality_code", sa.CHAR(length=4), nullable=True),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="POINT",
                srid=25832,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
            comment="Empty where the register gives no coordinate",
        ),
        sa.Column("land_mass", sa.Text(), nullable=True),
        sa.Column("road_node", sa.Text(), nullable=True),
        sa.Column(
            "available_from",
            sa.Date(),
            nullable=True,
            comment="First day of the demolition window",
        ),
        sa.Column("available_to", sa.Date(), nullable=True, comment="Day after its last day"),
        sa.Column("firmness", sa.Text(), nullable=True),
        sa.Column("firmness_source", sa.Text(), nullable=True, comment="Who says so"),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Set by a trigger when a value changes",
        ),
        sa.CheckConstraint(
            "firmness IN ('possible', 'permit_applied', 'permit_given', 'started', 'gone')",
            name=op.f("ck_site_firmness_code"),
        ),
        sa.CheckConstraint("kind IN ('donor', 'project', 'hub')", name=op.f("ck_site_kind_code")),
        sa.CheckConstraint(
            "(available_from IS NULL) = (available_to IS NULL)",
            name=op.f("ck_site_window_both_ends"),
        ),
        sa.CheckConstraint("available_from < available_to", name=op.f("ck_site_window_not_empty")),
        sa.CheckConstraint(
            "available_from IS NULL OR firmness IS NOT NULL",
            name=op.f("ck_site_window_has_firmness"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_site_municipality_code"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_site_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["road_node"], ["road_node.id"], name=op.f("fk_site_road_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_site_kind_ref")),
    )
    op.create_index("ix_site_geom", "site", ["geom"], unique=False, postgresql_using="gist")
    op.create_index(op.f("ix_site_municipality_code"), "site", ["municipality_code"], unique=False)
    op.create_index(op.f("ix_site_organisation_id"), "site", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_site_road_node"), "site", ["road_node"], unique=False)
    op.create_table(
        "town",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="POINT",
                srid=25832,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
                nullable=False,
            ),
            nullable=False,
        ),
        sa.Column("municipality_code", sa.CHAR(length=4), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("population >= 0", name=op.f("ck_town_population_not_negative")),
        sa.ForeignKeyConstraint(
            ["municipality_code"],
            ["municipality.code"],
            name=op.f("fk_town_municipality_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town")),
    )
    op.create_index("ix_town_geom", "town", ["geom"], unique=False, postgresql_using="gist")
    op.create_index(op.f("ix_town_municipality_code"), "town", ["municipality_code"], unique=False)
    op.create_index(op.f("ix_town_name"), "town", ["name"], unique=False)
    op.create_table(
        "building",
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("bbr_id", sa.Uuid(), nullable=False, comment="BBR id_lokalId"),
        sa.Column("status_code", sa.Integer(), nullable=False, comment="BBR Livscyklus"),
        sa.Column("case_code", sa.Integer(), nullable=True, comment="BBR Forretningsproces"),
        sa.Column("use_code", sa.Integer(), nullable=True, comment="BBR BygAnvendelse"),
        sa.Column("year_built", sa.Integer(), nullable=True),
        sa.Column("year_rebuilt", sa.Integer(), nullable=True),
        sa.Column("floors", sa.Integer(), nullable=True),
        sa.Column("footprint_m2", sa.Numeric(), nullable=True),
        sa.Column("total_area_m2", sa.Numeric(), nullable=True),
        sa.Column("dwelling_area_m2", sa.Numeric(), nullable=True),
        sa.Column("business_area_m2", sa.Numeric(), nullable=True),
        sa.Column(
            "wall_code",
            sa.Integer(),
            nullable=True,
            comment="BBR YdervaeggenesMateriale",
        ),
        sa.Column(
            "roof_code",
            sa.Integer(),
            nullable=True,
            comment="BBR Tagdaekningsmateriale",
        ),
        sa.Column(
            "wall2_code",
            sa.Integer(),
            nullable=True,
            comment="Supplementary outer-wall material",
        ),
        sa.Column("roof2_code", sa.Integer(), nullable=True, comment="Supplementary roofing"),
        sa.Column(
            "asbestos_code",
            sa.Integer(),
            nullable=True,
            comment="BBR AsbestholdigtMateriale",
        ),
        sa.Column(
            "material_source_code",
            sa.Integer(),
            nullable=True,
            comment="BBR KildeTilOplysninger",
        ),
        sa.Column("heating_code", sa.Integer(), nullable=True, comment="BBR Varmeinstallation"),
        sa.Column("listed_code", sa.Integer(), nullable=True, comment="BBR Fredning"),
        sa.Column(
            "standing",
            sa.Boolean(),
            nullable=False,
            comment="Status 6: erected and not gone",
        ),
        sa.Column("outbuilding", sa.Boolean(), nullable=False, comment="Use code 9xx"),
        sa.Column(
            "register_date",
            postgresql.TIMESTAMP(timezone=True),
            nullable=True,
            comment="When the register last changed it",
        ),
        sa.Column("source", sa.Text(), nullable=False, comment="File or service it came from"),
        sa.Column(
            "oddities",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Codes of what was odd in the register's row",
        ),
        sa.CheckConstraint(
            "business_area_m2 >= 0",
            name=op.f("ck_building_business_area_m2_not_negative"),
        ),
        sa.CheckConstraint(
            "dwelling_area_m2 >= 0",
            name=op.f("ck_building_dwelling_area_m2_not_negative"),
        ),
        sa.CheckConstraint("floors >= 0", name=op.f("ck_building_floors_not_negative")),
        sa.CheckConstraint("footprint_m2 >= 0", name=op.f("ck_building_footprint_m2_not_negative")),
        sa.CheckConstraint("total_area_m2 >= 0", name=op.f("ck_building_total_area_m2_not_negative")),
        sa.ForeignKeyConstraint(
            ["site_id"],
            ["site.id"],
            name=op.f("fk_building_site_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("site_id", name=op.f("pk_building")),
        sa.UniqueConstraint("bbr_id", name=op.f("uq_building_bbr_id")),
    )
    op.create_table(
        "lot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False, comment="Its name within the site"),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False, comment="The unit of the class"),
        sa.Column(
            "class_tradable",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="Always true: only tradable classes are offered",
        ),
        sa.Column(
            "quantity",
            sa.BigInteger(),
            nullable=False,
            comment="Steps; of an estimate, the likely one (P50)",
        ),
        sa.Column("quantity_low", sa.BigInteger(), nullable=True, comment="P10 of an estimate"),
        sa.Column(
            "quantity_high",
            sa.BigInteger(),
            nullable=True,
            comment="P90 of an estimate",
        ),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column(
            "available_from",
            sa.Date(),
            nullable=True,
            comment="Empty = the site's window",
        ),
        sa.Column(
            "available_to",
            sa.Date(),
            nullable=True,
            comment="Day after the last; empty = the site's window",
        ),
        sa.Column("firmness", sa.Text(), nullable=True, comment="Empty = the site's"),
        sa.Column("decide_by", sa.Date(), nullable=True, comment="Last day to say yes"),
        sa.Column("status", sa.Text(), server_default="offered", nullable=False),
        sa.Column("documentation", sa.Text(), server_default="none", nullable=False),
        sa.Column("screening", sa.Text(), server_default="unknown", nullable=False),
        sa.Column(
            "asbestos_suspect",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column(
            "suspicion",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Codes of why harmful substances are suspected",
        ),
        sa.Column("product_status", sa.Text(), server_default="used", nullable=False),
        sa.Column(
            "price_ore",
            sa.Numeric(),
            nullable=True,
            comment="Per step; empty = the factor",
        ),
        sa.Column(
            "preparation_ore",
            sa.Numeric(),
            nullable=True,
            comment="Per step; empty = the factor",
        ),
        sa.Column(
            "disposal_ore",
            sa.Numeric(),
            nullable=True,
            comment="Disposal avoided, per step; empty = the factor",
        ),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("thickness_mm", sa.Integer(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True, comment="1 worst to 5 best"),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("strength", sa.Integer(), nullable=True),
        sa.Column("fire", sa.Integer(), nullable=True),
        sa.Column("colour", sa.Integer(), nullable=True),
        sa.Column("rule", sa.Text(), nullable=True, comment="Rule that gave the estimate"),
        sa.Column("rule_source", sa.Text(), nullable=True, comment="Where the rule comes from"),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column(
            "geom",
            Geometry(
                geometry_type="POINT",
                srid=25832,
                dimension=2,
                spatial_index=False,
                from_text="ST_GeomFromEWKT",
                name="geometry",
            ),
            nullable=True,
            comment="The site's, kept by triggers: do not write it",
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Set by a trigger when a value changes",
        ),
        sa.CheckConstraint(
            "basis <> 'estimated' OR (quantity_low IS NOT NULL AND quantity_high IS NOT NULL)",
            name=op.f("ck_lot_estimate_has_range"),
        ),
        sa.CheckConstraint(
            "basis <> 'estimated' OR (rule IS NOT NULL AND rule_source IS NOT NULL)",
            name=op.f("ck_lot_estimate_has_rule"),
        ),
        sa.CheckConstraint("basis IN ('estimated', 'surveyed')", name=op.f("ck_lot_basis_code")),
        sa.CheckConstraint(
            "documentation IN ('none', 'basic', 'tested')",
            name=op.f("ck_lot_documentation_code"),
        ),
        sa.CheckConstraint(
            "firmness IN ('possible', 'permit_applied', 'permit_given', 'started', 'gone')",
            name=op.f("ck_lot_firmness_code"),
        ),
        sa.CheckConstraint(
            "product_status IN ('used', 'surplus', 'recycled')",
            name=op.f("ck_lot_product_status_code"),
        ),
        sa.CheckConstraint(
            "screening IN ('clean', 'unknown', 'contaminated', 'hazardous')",
            name=op.f("ck_lot_screening_code"),
        ),
        sa.CheckConstraint("status IN ('offered', 'withdrawn')", name=op.f("ck_lot_status_code")),
        sa.CheckConstraint(
            "unit IN ('piece', 'm', 'm2', 'm3', 'kg', 't')",
            name=op.f("ck_lot_unit_code"),
        ),
        sa.CheckConstraint("available_from < available_to", name=op.f("ck_lot_window_not_empty")),
        sa.CheckConstraint("class_tradable", name=op.f("ck_lot_class_tradable_true")),
        sa.CheckConstraint("grade BETWEEN 1 AND 5", name=op.f("ck_lot_grade_one_to_five")),
        sa.CheckConstraint("height_mm >= 0", name=op.f("ck_lot_height_mm_not_negative")),
        sa.CheckConstraint("length_mm >= 0", name=op.f("ck_lot_length_mm_not_negative")),
        sa.CheckConstraint("preparation_ore >= 0", name=op.f("ck_lot_preparation_ore_not_negative")),
        sa.CheckConstraint("quantity <= quantity_high", name=op.f("ck_lot_quantity_high")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_lot_quantity_not_negative")),
        sa.CheckConstraint("quantity_low <= quantity", name=op.f("ck_lot_low_quantity")),
        sa.CheckConstraint("quantity_low >= 0", name=op.f("ck_lot_quantity_low_not_negative")),
        sa.CheckConstraint("thickness_mm >= 0", name=op.f("ck_lot_thickness_mm_not_negative")),
        sa.CheckConstraint("width_mm >= 0", name=op.f("ck_lot_width_mm_not_negative")),
        sa.ForeignKeyConstraint(
            ["class_id", "class_tradable"],
            ["material_class.id", "material_class.tradable"],
            name=op.f("fk_lot_class_id_class_tradable"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "unit"],
            ["material_class.id", "material_class.unit"],
            name=op.f("fk_lot_class_id_unit"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_lot_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lot")),
        sa.UniqueConstraint("site_id", "basis", "ref", name=op.f("uq_lot_site_id_basis_ref")),
    )
    op.create_index(
        "ix_lot_class_id_geom",
        "lot",
        ["class_id", "geom"],
        unique=False,
        postgresql_using="gist",
    )
    op.create_index("ix_lot_geom", "lot", ["geom"], unique=False, postgresql_using="gist")
    op.create_table(
        "project",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("site_id", sa.Uuid(), nullable=False),
        sa.Column("building_type", sa.Text(), nullable=True),
        sa.Column("area_m2", sa.Numeric(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True, comment="Exclusive"),
        sa.CheckConstraint("area_m2 >= 0", name=op.f("ck_project_area_m2_not_negative")),
        sa.CheckConstraint("starts < ends", name=op.f("ck_project_window_not_empty")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_project_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_project_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
        sa.UniqueConstraint("ref", name=op.f("uq_project_ref")),
    )
    op.create_index(op.f("ix_project_organisation_id"), "project", ["organisation_id"], unique=False)
    op.create_index(op.f("ix_project_site_id"), "project", ["site_id"], unique=False)
    op.create_table(
        "design_option",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("chosen", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_design_option_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_option")),
        sa.UniqueConstraint("project_id", "id", name=op.f("uq_design_option_project_id_id")),
        sa.UniqueConstraint("project_id", "name", name=op.f("uq_design_option_project_id_name")),
    )
    op.create_index(
        "uq_design_option_one_chosen",
        "design_option",
        ["project_id"],
        unique=True,
        postgresql_where=sa.text("chosen"),
    )
    op.create_table(
        "lot_price",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column(
            "price",
            sa.BigInteger(),
            nullable=False,
            comment="Per step, in the certificate's quantum",
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_lot_price_lot_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_lot_price_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "lot_id", name=op.f("pk_lot_price")),
    )
    op.create_index(op.f("ix_lot_price_lot_id"), "lot_price", ["lot_id"], unique=False)
    op.create_table(
        "requirement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("project_id", sa.Uuid(), nullable=False),
        sa.Column("design_option_id", sa.Uuid(), nullable=True),
        sa.Column("ref", sa.Text(), nullable=False, comment="Its name within the project"),
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False, comment="The unit of the class"),
        sa.Column(
            "class_tradable",
            sa.Boolean(),
            server_default=sa.text("true"),
            nullable=False,
            comment="Always true: only tradable classes are wanted",
        ),
        sa.Column("quantity", sa.BigInteger(), nullable=False, comment="Steps"),
        sa.Column("wanted_from", sa.Date(), nullable=False),
        sa.Column("wanted_to", sa.Date(), nullable=False, comment="Exclusive"),
        sa.Column(
            "commit_from",
            sa.Date(),
            nullable=True,
            comment="First day the project can commit",
        ),
        sa.Column(
            "max_metres",
            sa.Integer(),
            nullable=True,
            comment="By road; empty = the run's",
        ),
        sa.Column("storage_days", sa.Integer(), nullable=True, comment="Empty = the run's"),
        sa.Column(
            "substitutes_ok",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column(
            "unknown_screening_ok",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
        ),
        sa.Column("documentation_min", sa.Text(), server_default="basic", nullable=False),
        sa.Column(
            "new_price_ore",
            sa.Numeric(),
            nullable=True,
            comment="Per step; empty = the factor",
        ),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("length_mm_min", sa.Integer(), nullable=True),
        sa.Column("length_mm_max", sa.Integer(), nullable=True),
        sa.Column("width_mm_min", sa.Integer(), nullable=True),
        sa.Column("width_mm_max", sa.Integer(), nullable=True),
        sa.Column("height_mm_min", sa.Integer(), nullable=True),
        sa.Column("height_mm_max", sa.Integer(), nullable=True),
        sa.Column("thickness_mm_min", sa.Integer(), nullable=True),
        sa.Column("thickness_mm_max", sa.Integer(), nullable=True),
        sa.Column("grade_min", sa.Integer(), nullable=True),
        sa.Column("grade_max", sa.Integer(), nullable=True),
        sa.Column("year_min", sa.Integer(), nullable=True),
        sa.Column("year_max", sa.Integer(), nullable=True),
        sa.Column("strength_min", sa.Integer(), nullable=True),
        sa.Column("strength_max", sa.Integer(), nullable=True),
        sa.Column("fire_min", sa.Integer(), nullable=True),
        sa.Column("fire_max", sa.Integer(), nullable=True),
        sa.Column("colour_min", sa.Integer(), nullable=True),
        sa.Column("colour_max", sa.Integer(), nullable=True),
        sa.Column(
            "unknown_ok",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Attributes a lot may leave empty",
        ),
        sa.Column(
            "created_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            postgresql.TIMESTAMP(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
            comment="Set by a trigger when a value changes",
        ),
        sa.CheckConstraint(
            "documentation_min IN ('none', 'basic', 'tested')",
            name=op.f("ck_requirement_documentation_min_code"),
        ),
        sa.CheckConstraint("status IN ('open', 'withdrawn')", name=op.f("ck_requirement_status_code")),
        sa.CheckConstraint(
            "unit IN ('piece', 'm', 'm2', 'm3', 'kg', 't')",
            name=op.f("ck_requirement_unit_code"),
        ),
        sa.CheckConstraint(
            "unknown_ok <@ ARRAY['length_mm', 'width_mm', 'height_mm', 'thickness_mm', "
            "'grade', 'year', 'strength', 'fire', 'colour']::text[]",
            name=op.f("ck_requirement_unknown_ok_attributes"),
        ),
        sa.CheckConstraint("class_tradable", name=op.f("ck_requirement_class_tradable_true")),
        sa.CheckConstraint("colour_min <= colour_max", name=op.f("ck_requirement_colour_min_max")),
        sa.CheckConstraint("commit_from < wanted_to", name=op.f("ck_requirement_commit_before_end")),
        sa.CheckConstraint("fire_min <= fire_max", name=op.f("ck_requirement_fire_min_max")),
        sa.CheckConstraint("grade_min <= grade_max", name=op.f("ck_requirement_grade_min_max")),
        sa.CheckConstraint(
            "height_mm_min <= height_mm_max",
            name=op.f("ck_requirement_height_mm_min_max"),
        ),
        sa.CheckConstraint(
            "length_mm_min <= length_mm_max",
            name=op.f("ck_requirement_length_mm_min_max"),
        ),
        sa.CheckConstraint("max_metres >= 0", name=op.f("ck_requirement_max_metres_not_negative")),
        sa.CheckConstraint("new_price_ore >= 0", name=op.f("ck_requirement_new_price_ore_not_negative")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_requirement_quantity_not_negative")),
        sa.CheckConstraint("storage_days >= 0", name=op.f("ck_requirement_storage_days_not_negative")),
        sa.CheckConstraint("strength_min <= strength_max", name=op.f("ck_requirement_strength_min_max")),
        sa.CheckConstraint(
            "thickness_mm_min <= thickness_mm_max",
            name=op.f("ck_requirement_thickness_mm_min_max"),
        ),
        sa.CheckConstraint("wanted_from < wanted_to", name=op.f("ck_requirement_window_not_empty")),
        sa.CheckConstraint("width_mm_min <= width_mm_max", name=op.f("ck_requirement_width_mm_min_max")),
        sa.CheckConstraint("year_min <= year_max", name=op.f("ck_requirement_year_min_max")),
        sa.ForeignKeyConstraint(
            ["class_id", "class_tradable"],
            ["material_class.id", "material_class.tradable"],
            name=op.f("fk_requirement_class_id_class_tradable"),
        ),
        sa.ForeignKeyConstraint(
            ["class_id", "unit"],
            ["material_class.id", "material_class.unit"],
            name=op.f("fk_requirement_class_id_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id", "design_option_id"],
            ["design_option.project_id", "design_option.id"],
            name=op.f("fk_requirement_project_id_design_option_id"),
        ),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["project.id"],
            name=op.f("fk_requirement_project_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_requirement")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_requirement_project_id_ref")),
    )
    op.create_index("ix_requirement_class_id", "requirement", ["class_id"], unique=False)
    op.create_index("ix_requirement_project_id", "requirement", ["project_id"], unique=False)
    op.create_table(
        "match",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("lot_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column(
            "quantity",
            sa.BigInteger(),
            nullable=False,
            comment="Steps of the lot's class",
        ),
        sa.Column("pick_up", sa.Date(), nullable=False),
        sa.Column("deliver", sa.Date(), nullable=False),
        sa.Column(
            "storage_days",
            sa.Integer(),
            nullable=False,
            comment="Days between pick-up and delivery",
        ),
        sa.Column("metres", sa.Integer(), nullable=False, comment="One way, by road"),
        sa.Column("loads", sa.Integer(), nullable=False, comment="Started lorry loads"),
        sa.Column("price_ore", sa.BigInteger(), nullable=False),
        sa.Column("preparation_ore", sa.BigInteger(), nullable=False),
        sa.Column("transport_ore", sa.BigInteger(), nullable=False),
        sa.Column("storage_ore", sa.BigInteger(), nullable=False),
        sa.Column("disposal_ore", sa.BigInteger(), nullable=False, comment="Disposal avoided"),
        sa.Column("penalty_ore", sa.BigInteger(), nullable=False),
        sa.Column(
            "new_ore",
            sa.BigInteger(),
            nullable=False,
            comment="What new would have cost",
        ),
        sa.Column("co2e_new_g", sa.BigInteger(), nullable=False),
        sa.Column("co2e_preparation_g", sa.BigInteger(), nullable=False),
        sa.Column("co2e_transport_g", sa.BigInteger(), nullable=False),
        sa.Column("co2e_regulatory_g", sa.BigInteger(), nullable=False),
        sa.Column(
            "cost",
            sa.BigInteger(),
            nullable=False,
            comment="In the certificate's quantum",
        ),
        sa.Column("basis", sa.Text(), nullable=False, comment="Of the lot at the snapshot"),
        sa.Column("firmness", sa.Text(), nullable=False, comment="Of the lot at the snapshot"),
        sa.Column("status", sa.Text(), server_default="proposed", nullable=False),
        sa.CheckConstraint("basis IN ('estimated', 'surveyed')", name=op.f("ck_match_basis_code")),
        sa.CheckConstraint(
            "firmness IN ('possible', 'permit_applied', 'permit_given', 'started', 'gone')",
            name=op.f("ck_match_firmness_code"),
        ),
        sa.CheckConstraint("status IN ('proposed', 'stale')", name=op.f("ck_match_status_code")),
        sa.CheckConstraint("loads >= 0", name=op.f("ck_match_loads_not_negative")),
        sa.CheckConstraint("metres >= 0", name=op.f("ck_match_metres_not_negative")),
        sa.CheckConstraint(
            "pick_up + storage_days = deliver",
            name=op.f("ck_match_pick_up_stored_delivered"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_match_quantity_positive")),
        sa.CheckConstraint("storage_days >= 0", name=op.f("ck_match_storage_days_not_negative")),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name=op.f("fk_match_lot_id")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirement.id"], name=op.f("fk_match_requirement_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_match_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match")),
        sa.UniqueConstraint(
            "run_id",
            "lot_id",
            "requirement_id",
            name=op.f("uq_match_run_id_lot_id_requirement_id"),
        ),
    )
    op.create_index(op.f("ix_match_lot_id"), "match", ["lot_id"], unique=False)
    op.create_index(op.f("ix_match_requirement_id"), "match", ["requirement_id"], unique=False)
    op.create_table(
        "unmet",
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("requirement_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False, comment="Steps"),
        sa.Column(
            "stopped",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
            comment="Lots stopped, by reason",
        ),
        sa.CheckConstraint(
            "reason IN ('no_lot_of_class', 'documentation', 'screening', 'attribute', "
            "'distance', 'no_road', 'window', 'minimum_take', 'fulfilment', 'most_donors', "
            "'budget', 'taken', 'too_dear', 'stale')",
            name=op.f("ck_unmet_reason_code"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_unmet_quantity_positive")),
        sa.ForeignKeyConstraint(["requirement_id"], ["requirement.id"], name=op.f("fk_unmet_requirement_id")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_unmet_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "requirement_id", "reason", name=op.f("pk_unmet")),
    )
    op.create_index(op.f("ix_unmet_requirement_id"), "unmet", ["requirement_id"], unique=False)
    for statement in TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    """Drop the tables and functions; the extensions stay, others may use them."""
    for table in TABLES:
        op.drop_table(table)
    for function in FUNCTIONS:
        op.execute(f"DROP FUNCTION {function}()")
