"""Tables of sessions: the session, its sittings, and the items of its agenda."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, UniqueConstraint, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from services.review.base import Base
from services.review.cases.models import Case
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column, utc_instant
from shared.ids import new_id


class CouncilSession(Subject, Base):
    """A session of the council; while it is planned it is a private draft.

    ``agenda_version`` is 0 before the call, 1 with it, and what the notice froze afterwards.
    """

    __tablename__ = "session"
    __table_args__ = (Index("ix_session_list", "authority", "opens_on", "id"),)
    kind = "session"

    session_kind: Mapped[str] = internal_text()
    called_by: Mapped[str] = internal_text()
    opens_on: Mapped[date] = mapped_column(Date)
    exception_reason: Mapped[str | None] = internal_text()
    law_version: Mapped[str] = internal_text()
    agenda_to_governor_on: Mapped[date | None] = mapped_column(Date)
    notice_to_members_on: Mapped[date | None] = mapped_column(Date)
    agenda_version: Mapped[int] = mapped_column(Integer, default=0)
    opened_on: Mapped[date | None] = mapped_column(Date)
    closed_on: Mapped[date | None] = mapped_column(Date)
    postponed_because: Mapped[str | None] = internal_text()
    planned_at: Mapped[datetime] = utc_instant()


class Sitting(Subject, Base):
    """One meeting on one call, and the count at its opening."""

    __tablename__ = "sitting"
    __table_args__ = (UniqueConstraint("session_id", "call"),)
    kind = "sitting"

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    call: Mapped[int] = mapped_column(Integer)
    called_on: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date] = mapped_column(Date)
    in_office: Mapped[int] = mapped_column(Integer)
    present: Mapped[int] = mapped_column(Integer)
    needed: Mapped[int] = mapped_column(Integer)


class Item(Subject, Base):
    """A point of the agenda: an accepted petition, or a free subject that becomes public.

    ``first_vote_on`` is the day of a vote that did not reach the majority of members in office;
    the two flags say what changed after the agenda went to the governor;
    ``without_opinion_reason`` is the president's, for a vote while a mandatory opinion is awaited.
    """

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_session", "session_id", "position"),)
    kind = "item"

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Case.id), index=True)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    position: Mapped[int] = mapped_column(Integer)
    basis: Mapped[str] = internal_text()
    votes_for: Mapped[int | None] = mapped_column(Integer)
    votes_against: Mapped[int | None] = mapped_column(Integer)
    abstentions: Mapped[int | None] = mapped_column(Integer)
    president_side: Mapped[str | None] = internal_text()
    sitting_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    voted_on: Mapped[date | None] = mapped_column(Date)
    first_vote_on: Mapped[date | None] = mapped_column(Date)
    postponed_because: Mapped[str | None] = internal_text()
    without_opinion_reason: Mapped[str | None] = internal_text()
    added_after_call: Mapped[bool] = mapped_column(Boolean, default=False)
    removed_after_call: Mapped[bool] = mapped_column(Boolean, default=False)


class Recusal(Base):
    """Members who take no part in one item: one by id, or some whose number is known."""

    __tablename__ = "recusal"
    __table_args__ = (UniqueConstraint("item_id", "person_id"),)

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Item.id), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    members: Mapped[int] = mapped_column(Integer)
    declared_on: Mapped[date] = mapped_column(Date)
    late_reason: Mapped[str | None] = internal_text()
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
