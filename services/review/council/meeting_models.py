"""Tables of the committees' meetings: the call, who was there, and who is heard."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.council.models import Committee
from shared.db.columns import internal_text, json_column, utc_instant
from shared.ids import new_id


class CommitteeMeeting(Base):
    """A meeting of a committee with the petitions it is about; held once its roll is recorded.

    ``called_by`` is a code; ``called_by_members`` how many asked for it together.
    """

    __tablename__ = "committee_meeting"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    committee_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Committee.id), index=True)
    called_by: Mapped[str] = internal_text()
    called_by_members: Mapped[int | None] = mapped_column(Integer)
    called_on: Mapped[date] = mapped_column(Date)
    meets_on: Mapped[date] = mapped_column(Date)
    cases: Mapped[list[str]] = json_column("internal", default=list)
    is_held: Mapped[bool] = mapped_column(Boolean, default=False)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()


class CommitteePresence(Base):
    """How one member of a committee was entered on the roll of a meeting."""

    __tablename__ = "committee_presence"

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CommitteeMeeting.id), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    mark: Mapped[str] = internal_text()


class Hearing(Base):
    """A hearing of the mandatary or the legal representative at a meeting; the text stays inside.

    ``came`` is empty until it was held.
    """

    __tablename__ = "hearing"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CommitteeMeeting.id), index=True)
    case_id: Mapped[uuid.UUID] = mapped_column(Uuid, index=True)
    who: Mapped[str] = internal_text()
    set_on: Mapped[date] = mapped_column(Date)
    came: Mapped[bool | None] = mapped_column(Boolean)
    text: Mapped[str] = internal_text(default="")
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
