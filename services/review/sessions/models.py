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
    requested_on: Mapped[date | None] = mapped_column(Date)
    requested_by_members: Mapped[int | None] = mapped_column(Integer)
    refusal_reason: Mapped[str | None] = internal_text()
    governor_received_on: Mapped[date | None] = mapped_column(Date)
    extended_until: Mapped[date | None] = mapped_column(Date)
    extension_reason: Mapped[str | None] = internal_text()
    register_awaited_until: Mapped[date | None] = mapped_column(Date)
    """Last day for the governor's copy of the attendance register; None unless it is awaited."""


class Sitting(Subject, Base):
    """One meeting of a session: its roll, the count at its opening, and when it ended.

    ``call`` is 1 to 3 for the meeting that opens the session and 0 for a further one; while the
    roll is being called the sitting is a private draft. ``is_named`` says that attendance is known
    by name; else ``present`` is all that is known. ``calculation`` is how the quorum was counted,
    in each language. ``private_for`` says who asked for the closed door, while it is closed.
    """

    __tablename__ = "sitting"
    __table_args__ = (Index("ix_sitting_session", "session_id", "number"),)
    kind = "sitting"

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    number: Mapped[int] = mapped_column(Integer, default=1)
    call: Mapped[int] = mapped_column(Integer)
    called_on: Mapped[date | None] = mapped_column(Date)
    held_on: Mapped[date] = mapped_column(Date)
    in_office: Mapped[int] = mapped_column(Integer)
    present: Mapped[int] = mapped_column(Integer)
    needed: Mapped[int] = mapped_column(Integer)
    is_named: Mapped[bool] = mapped_column(Boolean, default=False)
    article: Mapped[str | None] = internal_text()
    calculation: Mapped[dict[str, str] | None] = json_column("public", nullable=True)
    private_for: Mapped[str | None] = internal_text()
    ended_on: Mapped[date | None] = mapped_column(Date)


class Item(Subject, Base):
    """A point of the agenda: an accepted petition, or a free subject that becomes public.

    ``first_vote_on`` is the day of a vote that did not reach the majority of members in office;
    the two flags say what changed after the agenda went to the governor;
    ``without_opinion_reason`` is the president's, for a vote while a mandatory opinion is awaited.
    ``matter`` is the one of the law that asks for another majority than that of votes cast.
    ``origin`` says who put it there; ``needs_supplement`` that the members were not told of it yet;
    ``calculations`` are its votes, each with its numbers, article and sentence in each language;
    ``taken_up`` is the vote without debate on deliberating though no committee examined it.
    ``withdrawn_on`` is when its petition was withdrawn after the notice; that is told to the
    council at the opening, without debate, on ``reported_on``; ``unreported_because`` is why the
    session closed without it.
    """

    __tablename__ = "item"
    __table_args__ = (Index("ix_item_session", "session_id", "position"),)
    kind = "item"

    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey(Case.id), index=True)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    position: Mapped[int] = mapped_column(Integer)
    basis: Mapped[str] = internal_text()
    matter: Mapped[str | None] = internal_text()
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
    origin: Mapped[str] = internal_text(default="president")
    origin_on: Mapped[date | None] = mapped_column(Date)
    origin_members: Mapped[int | None] = mapped_column(Integer)
    needs_supplement: Mapped[bool] = mapped_column(Boolean, default=False)
    objection_received_on: Mapped[date | None] = mapped_column(Date)
    objection_article: Mapped[str | None] = internal_text()
    objection_reason: Mapped[str | None] = internal_text()
    objection_outcome: Mapped[str | None] = internal_text()
    first_sitting: Mapped[int | None] = mapped_column(Integer)
    ballot: Mapped[str | None] = internal_text()
    ballot_article: Mapped[str | None] = internal_text()
    calculations: Mapped[list[dict[str, Any]]] = json_column("public", default=list)
    taken_up: Mapped[dict[str, Any] | None] = json_column("public", nullable=True)
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    reported_on: Mapped[date | None] = mapped_column(Date)
    unreported_because: Mapped[str | None] = internal_text()


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
