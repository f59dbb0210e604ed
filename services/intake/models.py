"""Tables of intake: petitions, their people and documents, and the register of filings."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint, Uuid, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from shared.db.base import ServiceBase, Subject
from shared.db.columns import internal_text, json_column, personal_text, public_text, utc_instant
from shared.db.plumbing import service_metadata
from shared.ids import new_id


class Base(ServiceBase, DeclarativeBase):
    """The declarative base of intake."""

    metadata = service_metadata()


class Petition(Subject, Base):
    """A petition as its petitioners hand it in.

    The subject line becomes public at filing (the form says so); reasons stay inside the file.
    """

    __tablename__ = "petition"
    kind = "petition"
    locked_with = ("people", "documents")

    petitioner: Mapped[str] = internal_text()
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    reasons: Mapped[str] = internal_text(default="")
    association: Mapped[dict[str, Any] | None] = json_column("public", nullable=True)
    signatures: Mapped[int] = mapped_column(Integer, default=0)
    reference: Mapped[str | None] = public_text(unique=True)
    filed_on: Mapped[date | None] = mapped_column(Date)
    receipt: Mapped[str | None] = public_text()
    drafted_at: Mapped[datetime] = utc_instant()
    erased_on: Mapped[date | None] = mapped_column(Date)
    """When the name of somebody of a draft was erased: nobody files it any more."""

    people: Mapped[list[PetitionPerson]] = relationship(
        order_by="PetitionPerson.id", lazy="selectin"
    )
    documents: Mapped[list[PetitionDocument]] = relationship(
        order_by="PetitionDocument.id", lazy="selectin"
    )


class PetitionPerson(Base):
    """Somebody of the file: mandatary, legal representative, or a further petitioner."""

    __tablename__ = "petition_person"
    __table_args__ = (UniqueConstraint("petition_id", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    petition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("petition.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    role: Mapped[str] = internal_text()
    name_arabic: Mapped[str | None] = personal_text()
    name_latin: Mapped[str | None] = personal_text()
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)


class PetitionDocument(Base):
    """A document of the file, kept by content hash.

    ``is_keyed``: sealed under a key of its own. Once it is erased, its hash and the day stay as the
    statement of what was there; ``stored_as`` is empty when the file has left the disk.
    """

    __tablename__ = "petition_document"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    petition_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("petition.id"), index=True)
    kind: Mapped[str] = internal_text()
    sha256: Mapped[str] = internal_text()
    stored_as: Mapped[str] = internal_text()
    media_type: Mapped[str] = internal_text()
    size: Mapped[int] = mapped_column(Integer)
    handed_in_at: Mapped[datetime] = utc_instant()
    is_keyed: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    erased_on: Mapped[date | None] = mapped_column(Date)


class Register(Base):
    """The last number given in an authority's register of a year; numbers have no gaps."""

    __tablename__ = "register"

    authority: Mapped[str] = internal_text(primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class EndedCase(Base):
    """The case of a petition that was closed, with the day; the row goes when it is opened again.

    A filed petition without one has an open case, or one that is about to be opened.
    """

    __tablename__ = "ended_case"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text(index=True)
    ended_on: Mapped[date] = mapped_column(Date)
    kept_until: Mapped[date | None] = mapped_column(Date)
    """The last day on which names are kept, by the rule in force when the case ended."""


class Redaction(Subject, Base):
    """The erasure of a person's name in the files of the authority's petitions, asked of identity.

    ``waits_for`` are codes of what keeps the name; ``until_on`` is the last day on which it is
    kept, where that is known; ``files`` are the petitions that had it. ``erased`` and ``stays`` are
    purposes of the retention table.
    """

    __tablename__ = "redaction"
    __table_args__ = (
        UniqueConstraint("erasure_id"),
        Index("ix_redaction_of_person", "authority", "person_id"),
    )
    kind = "redaction"

    erasure_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    waits_for: Mapped[list[str]] = json_column("internal")
    until_on: Mapped[date | None] = mapped_column(Date)
    files: Mapped[int] = mapped_column(Integer, default=0)
    erased: Mapped[list[str] | None] = json_column("internal", nullable=True)
    stays: Mapped[list[str] | None] = json_column("internal", nullable=True)
