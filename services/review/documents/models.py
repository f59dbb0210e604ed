"""Tables of documents: what was issued, its bytes, its register, an authority's own wording."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.review.base import Base
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column, public_text, utc_instant


class Document(Subject, Base):
    """A document of the council as it was issued; nothing of it changes afterwards.

    ``about`` is the subject it certifies, ``edition`` the act or version of it: of each there is
    one document. ``wording`` names the versions of the authority's own sentences, by language.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("authority", "document_kind", "number"),
        UniqueConstraint("authority", "document_kind", "about", "edition"),
        Index("ix_document_about", "authority", "about"),
    )
    kind = "document"

    document_kind: Mapped[str] = internal_text()
    number: Mapped[str] = public_text()
    about: Mapped[str] = internal_text()
    edition: Mapped[int] = mapped_column(Integer)
    case_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    issued_on: Mapped[date] = mapped_column(Date)
    issued_at: Mapped[datetime] = utc_instant()
    template: Mapped[str] = internal_text()
    wording: Mapped[dict[str, Any]] = json_column("internal")
    facts_sha256: Mapped[str] = internal_text()

    renditions: Mapped[list[DocumentRendition]] = relationship(
        order_by="DocumentRendition.language", lazy="selectin"
    )


class DocumentRendition(Base):
    """The bytes of a document in one language, kept in the store of files."""

    __tablename__ = "document_rendition"

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Document.id), primary_key=True)
    language: Mapped[str] = internal_text(primary_key=True)
    authority: Mapped[str] = internal_text()
    media_type: Mapped[str] = internal_text()
    sha256: Mapped[str] = public_text(index=True)
    size: Mapped[int] = mapped_column(Integer)
    stored_as: Mapped[str] = internal_text()


class DocumentRegister(Base):
    """The last number given in an authority's register of one kind of document, in a year."""

    __tablename__ = "document_register"

    authority: Mapped[str] = internal_text(primary_key=True)
    document_kind: Mapped[str] = internal_text(primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class DocumentWording(Base):
    """An authority's own sentences in a template: the newest version is used, none is changed.

    ``blocks`` has the text of each place that it fills; an empty place says what all say.
    """

    __tablename__ = "document_wording"

    authority: Mapped[str] = internal_text(primary_key=True)
    document_kind: Mapped[str] = internal_text(primary_key=True)
    language: Mapped[str] = internal_text(primary_key=True)
    version: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    blocks: Mapped[dict[str, Any]] = json_column("public")
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
