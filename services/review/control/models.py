"""Tables of control: decisions, and the register that numbers them."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, Uuid
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.review.base import Base
from services.review.cases.consultation_models import KnownBody
from services.review.sessions.models import CouncilSession, Item
from shared.db.base import Subject
from shared.db.columns import internal_text, json_column, public_text, utc_instant


class Decision(Subject, Base):
    """A decision of the council on one item, adopted or not.

    ``number`` is year and place in the register of the authority. ``enforceable_from`` is known
    from the governor's receipt on; ``opposed_on`` is the receipt of his opposition.
    """

    __tablename__ = "decision"
    __table_args__ = (
        Index("ix_decision_list", "authority", "adopted_on", "id"),
        Index("ix_decision_due", "authority", "state", "enforceable_from"),
    )
    kind = "decision"

    number: Mapped[str] = public_text()
    item_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Item.id), unique=True)
    session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(CouncilSession.id), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    subject_line: Mapped[dict[str, Any]] = json_column("public")
    adopted_on: Mapped[date] = mapped_column(Date)
    visa_needed: Mapped[bool | None] = mapped_column(Boolean)
    visa_article: Mapped[str | None] = internal_text()
    visa_matter: Mapped[str | None] = public_text()
    classified_by: Mapped[str | None] = internal_text()
    classified_event: Mapped[uuid.UUID | None] = mapped_column(Uuid)
    visa_answered_on: Mapped[date | None] = mapped_column(Date)
    again_item_id: Mapped[uuid.UUID | None] = mapped_column(Uuid, index=True)
    """The item by which the council deliberates on it again."""
    transmitted_on: Mapped[date | None] = mapped_column(Date)
    transmission_due_on: Mapped[date | None] = mapped_column(Date)
    delay_reason: Mapped[str | None] = internal_text()
    governor_receipt_on: Mapped[date | None] = mapped_column(Date)
    enforceable_from: Mapped[date | None] = mapped_column(Date)
    opposed_on: Mapped[date | None] = mapped_column(Date)
    opposed_because: Mapped[str | None] = internal_text()
    """The governor's reasons; the new deliberation answers them."""

    opinions: Mapped[list[DecisionOpinion]] = relationship(order_by="DecisionOpinion.opinion_id")


class DecisionOpinion(Base):
    """An opinion that a decision cites: followed, in part or not, and why; open to everyone."""

    __tablename__ = "decision_opinion"

    decision_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Decision.id), primary_key=True)
    opinion_id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    authority: Mapped[str] = internal_text()
    body_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    answer: Mapped[str] = public_text()
    reason: Mapped[str] = public_text()

    body: Mapped[KnownBody | None] = relationship(
        primaryjoin="foreign(DecisionOpinion.body_id) == KnownBody.body_id",
        viewonly=True,
        lazy="joined",
    )

    @property
    def body_name(self) -> dict[str, Any] | None:
        """The name of the body, where it is known here."""
        return self.body.name if self.body else None


class DecisionRegister(Base):
    """The last number given in an authority's register of decisions of a year."""

    __tablename__ = "decision_register"

    authority: Mapped[str] = internal_text(primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)


class CouncilFormality(Base):
    """A duty after a session that is done: decisions posted, minutes given to the members.

    Its step of the subject told of it, under ``event_sequence``; None where a release before that
    recorded it (duty_telling.py tells it then). ``proof`` is what shows that it was done.
    """

    __tablename__ = "council_formality"

    subject: Mapped[str] = internal_text(primary_key=True)
    formality: Mapped[str] = internal_text(primary_key=True)
    authority: Mapped[str] = internal_text()
    done_on: Mapped[date] = mapped_column(Date)
    late_reason: Mapped[str | None] = internal_text()
    proof: Mapped[str | None] = internal_text()
    event_sequence: Mapped[int | None] = mapped_column(Integer)
    recorded_by: Mapped[str] = internal_text()
    recorded_at: Mapped[datetime] = utc_instant()
