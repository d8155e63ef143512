# SPDX-License-Identifier: EUPL-1.2
"""What people also call the materials: words that find a class."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Computed, ForeignKey
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from inventory.tables.base import Base, Code, code_check


class WordLanguage(StrEnum):
    """The language a word is of."""

    DANISH = "da"
    ENGLISH = "en"


class ClassWord(Base):
    """A word for a class: one of its names, or what the trade calls it; one word, without spaces."""

    __tablename__ = "class_word"
    __table_args__ = (
        code_check("language", WordLanguage),
        CheckConstraint("word ~ '^[^[:space:]]+$' AND word = lower(word)", name="word_one_lower"),
    )

    class_id: Mapped[int] = mapped_column(
        ForeignKey("material_class.id", ondelete="CASCADE"), primary_key=True
    )
    language: Mapped[WordLanguage] = mapped_column(Code(WordLanguage), primary_key=True)
    word: Mapped[str] = mapped_column(primary_key=True, index=True)
    source: Mapped[str]
    folded: Mapped[str] = mapped_column(
        Computed("replace(replace(replace(lower(word), 'å', 'aa'), 'æ', 'ae'), 'ø', 'oe')", persisted=True),
        comment="Danish letters as two, to compare with what people write",
    )
    stems: Mapped[str] = mapped_column(
        TSVECTOR(),
        Computed(
            "to_tsvector('danish'::regconfig, word) || to_tsvector('english'::regconfig, word)",
            persisted=True,
        ),
    )
