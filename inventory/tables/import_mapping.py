# SPDX-License-Identifier: EUPL-1.2
"""What the headers of earlier files were taken for."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check
from inventory.tables.imported import ImportKind


class ImportMapping(Base):
    """What a header of an organisation's files was taken for, the last time."""

    __tablename__ = "import_mapping"
    __table_args__ = (
        code_check("kind", ImportKind),
        Index(
            "uq_import_mapping_owner",
            "organisation_id",
            "kind",
            "header",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE")
    )
    kind: Mapped[ImportKind] = mapped_column(Code(ImportKind))
    header: Mapped[str] = mapped_column(comment="Folded: lower case letters and digits")
    column_name: Mapped[str]
    used_at: Mapped[datetime] = mapped_column(server_default=func.now())
