# SPDX-License-Identifier: EUPL-1.2
"""Buildings: what the Danish building register (BBR), or whoever surveys it, says of a donor site."""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from inventory.tables.base import Base, not_negative
from inventory.tables.site import Site


class Building(Base):
    """A building of the register or told by hand; an empty attribute is not registered, which is not zero."""

    __tablename__ = "building"
    __table_args__ = (
        *not_negative(
            "floors",
            "footprint_m2",
            "total_area_m2",
            "dwelling_area_m2",
            "business_area_m2",
        ),
    )

    site_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"), primary_key=True)
    bbr_id: Mapped[uuid.UUID | None] = mapped_column(
        unique=True, comment="BBR id_lokalId; empty = told by hand"
    )
    status_code: Mapped[int] = mapped_column(comment="BBR Livscyklus")
    case_code: Mapped[int | None] = mapped_column(comment="BBR Forretningsproces")
    use_code: Mapped[int | None] = mapped_column(comment="BBR BygAnvendelse")
    year_built: Mapped[int | None]
    year_rebuilt: Mapped[int | None]
    floors: Mapped[int | None]
    footprint_m2: Mapped[Decimal | None]
    total_area_m2: Mapped[Decimal | None]
    dwelling_area_m2: Mapped[Decimal | None]
    business_area_m2: Mapped[Decimal | None]
    wall_code: Mapped[int | None] = mapped_column(comment="BBR YdervaeggenesMateriale")
    roof_code: Mapped[int | None] = mapped_column(comment="BBR Tagdaekningsmateriale")
    wall2_code: Mapped[int | None] = mapped_column(comment="Supplementary outer-wall material")
    roof2_code: Mapped[int | None] = mapped_column(comment="Supplementary roofing")
    asbestos_code: Mapped[int | None] = mapped_column(comment="BBR AsbestholdigtMateriale")
    material_source_code: Mapped[int | None] = mapped_column(comment="BBR KildeTilOplysninger")
    heating_code: Mapped[int | None] = mapped_column(comment="BBR Varmeinstallation")
    listed_code: Mapped[int | None] = mapped_column(comment="BBR Fredning")
    standing: Mapped[bool] = mapped_column(comment="Status 6: erected and not gone")
    outbuilding: Mapped[bool] = mapped_column(comment="Use code 9xx")
    register_date: Mapped[datetime | None] = mapped_column(comment="When the register last changed it")
    source: Mapped[str] = mapped_column(comment="File or service it came from")
    oddities: Mapped[list[str]] = mapped_column(
        server_default=text("'{}'"),
        comment="Codes of what was odd in the register's row",
    )

    site: Mapped[Site] = relationship(lazy="raise")
