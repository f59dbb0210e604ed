"""One session as the council's people work on it: agenda, days of the law, quorum, papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from services.review import correction_views
from services.review.base import Base
from services.review.control import formalities, minutes
from services.review.control.queries import decisions_of_sessions
from services.review.control.schemas import DecisionOut, StandingOut
from services.review.council.queries import members_in_office
from services.review.sessions import examined, notice_schemas, queries, rules, schemas
from services.review.sessions.attendance import count_corrections
from services.review.sessions.count_findings import findings_of
from services.review.sessions.models import CouncilSession, Item, Sitting
from services.review.sessions.notice_queries import failures_of, urgent
from services.review.sessions.sitting_workflow import SittingState
from services.review.sessions.state import SESSION_WORKFLOW
from services.review.sessions.workflow import SessionState
from shared.clock import now
from shared.db.authorities import AuthorityProfile, load_authority
from shared.db.base import Subject
from shared.db.personal import PersonalVault
from shared.law.clock import Due


def listed(session: Session, rows: Sequence[CouncilSession]) -> list[dict[str, Any]]:
    """Sessions for a list, with items and decisions; a fixed number of statements for all."""
    ids = [row.id for row in rows]
    items, decisions = queries.items_of(session, ids), decisions_of_sessions(session, ids)
    everything = [item for id_ in ids for item in items[id_]]
    references = queries.references_of(session, everything)
    recused, waiting = _recused(session, everything), examined.unexamined(session, everything)
    return [
        {
            **_head(row, items[row.id]),
            "items": _items(items[row.id], references, recused, waiting=waiting),
            "decisions": DecisionOut(many=True).dump(decisions[row.id]),
        }
        for row in rows
    ]


def detailed(session: Session, vault: PersonalVault, row: CouncilSession) -> dict[str, Any]:
    """One session with its sittings, the last days of its steps, the quorum and the papers.

    The corrections of its acts, votes and counts come with reason and author.
    """
    profile = load_authority(session, Base.plumbing, row.authority)
    steps = rules.steps_before(profile, row)
    rows = queries.sittings_of(session, row.id)
    sittings = [one for one in rows if one.state != SittingState.PLANNED]
    items = queries.items_of(session, [row.id])[row.id]
    held: Sequence[Subject] = [row, *rows, *items]
    return {
        **listed(session, [row])[0],
        "sittings": _sittings(session, profile, sittings),
        "agenda_to_governor_latest": _day(steps.agenda),
        "notice_to_members_latest": _day(steps.notice),
        "days": _days(profile, row, steps),
        "minutes": _duty(session, profile, row, formalities.MINUTES),
        "register": _duty(session, profile, row, formalities.REGISTER),
        "minutes_adopted_on": _iso(minutes.adopted_on(session, row)),
        "minutes_to_adopt": schemas.OtherSessionOut(many=True).dump(minutes.waiting(session, row)),
        "quorum": _quorum(session, profile, row),
        "next_call": _next_call(profile, row, sittings),
        "papers": schemas.PaperOut(many=True).dump(queries.papers_of(session, row.id, items)),
        "documents": schemas.AttachmentOut(many=True).dump(queries.attachments_of(session, row.id)),
        "corrections": _corrections(session, vault, held),
        "urgent_notice": _urgent_notice(session, profile, row),
        "majority_matters": rules.majority_matters(profile, row.opens_on),
        "allowed": _allowed(row),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _corrections(
    session: Session, vault: PersonalVault, held: Sequence[Subject]
) -> list[dict[str, Any]]:
    """What was corrected of a session, its sittings and its items, in this order."""
    subjects = [one.subject for one in held]
    return correction_views.shown(session, vault, held[0].authority, subjects)


def _sittings(
    session: Session, profile: AuthorityProfile, sittings: Sequence[Sitting]
) -> list[dict[str, Any]]:
    """The counted sittings, each with the counts that were corrected."""
    corrected = count_corrections(session, sittings)
    questioned = findings_of(session, profile, sittings)
    return [
        {
            **schemas.SittingOut().dump(one),
            "finding": questioned.get(one.id),
            "corrected": [
                {
                    "corrected_on": made.corrected_on.isoformat(),
                    "present": made.what["was_present"],
                    "in_office": made.what["was_in_office"],
                }
                for made in corrected[one.id]
            ],
        }
        for one in sittings
    ]


def _urgent_notice(session: Session, profile: AuthorityProfile, row: CouncilSession) -> Any:
    """The first failed notice that somebody has to see to before the opening; None without one."""
    failed = [one for one in failures_of(session, row.id) if one.is_open]
    if row.state != SessionState.CONVENED or not failed:
        return None
    return notice_schemas.UrgentNoticeOut().dump(urgent(row, failed[0], today=profile.today(now())))


def _allowed(row: CouncilSession) -> list[str]:
    """The steps of a session now.

    Only what a third of the members asks for can be refused, and only an ordinary session is
    extended, once (113-14, articles 36 and 34).
    """
    never = set()
    if row.called_by != "third":
        never.add("refuse")
    if row.session_kind != "ordinary" or row.extended_until is not None:
        never.add("extend")
    return [one for one in SESSION_WORKFLOW.triggers_from(row.state) if one not in never]


def _head(row: CouncilSession, items: Sequence[Item]) -> dict[str, Any]:
    version = queries.agenda_version(row, items)
    head: dict[str, Any] = schemas.SessionOut().dump(row)
    return {**head, "agenda_version": version}


def _recused(session: Session, items: Sequence[Item]) -> Counter[UUID]:
    """How many members take no part in each item."""
    found: Counter[UUID] = Counter()
    for one in queries.recusals_of(session, [item.id for item in items]):
        found[one.item_id] += one.members
    return found


def _items(
    items: Sequence[Item],
    references: dict[UUID, str],
    recused: Counter[UUID],
    *,
    waiting: set[UUID],
) -> list[dict[str, Any]]:
    return [
        {
            **schemas.ItemOut().dump(item),
            "reference": references.get(item.case_id) if item.case_id else None,
            "recused": recused[item.id],
            "is_examined": item.id not in waiting,
        }
        for item in items
    ]


def _day(step: Due | None) -> str | None:
    return step.due_on.isoformat() if step else None


def _days(
    profile: AuthorityProfile, row: CouncilSession, steps: rules.SessionSteps
) -> dict[str, Any]:
    """The last days, each with article and explanation; None where the law sets none."""
    end = rules.end_of_kind(profile, row.session_kind, row.opened_on or row.opens_on)
    shown = schemas.DueOut()
    return {
        "agenda_to_governor": shown.dump(steps.agenda) if steps.agenda else None,
        "notice_to_members": shown.dump(steps.notice) if steps.notice else None,
        "session_end": shown.dump(end) if end else None,
    }


def _duty(session: Session, profile: AuthorityProfile, row: CouncilSession, duty: str) -> Any:
    """How a duty after the session stands (113-14, articles 67 and 273)."""
    closed_on, today = row.closed_on, profile.today(now())
    stands = formalities.standing(session, profile, row, duty, closed_on=closed_on, today=today)
    return StandingOut().dump(stands)


def _quorum(session: Session, profile: AuthorityProfile, row: CouncilSession) -> Any:
    in_office = members_in_office(session, row.authority, row.opens_on)
    counted = {"in_office": in_office, "present": in_office, "call": 1}
    found = rules.quorum_of(profile, row, row.opens_on, **counted)
    return schemas.QuorumOut().dump(
        {
            "in_office": in_office,
            "needed": found.needed,
            "article": found.article,
            "explanation": found.explanation,
        }
    )


def _next_call(profile: AuthorityProfile, row: CouncilSession, sittings: Sequence[Sitting]) -> Any:
    """What follows a failed call (113-14, article 42); None when nothing does."""
    last = sittings[-1] if sittings else None
    if row.state != SessionState.CONVENED or last is None:
        return None
    is_last = last.call >= rules.calls_of(profile, row, last.held_on)
    if last.state != SittingState.QUORUM_FAILED or is_last:
        return None
    again = rules.governor_second_meeting(profile, row, last)
    if again is not None:
        said = {"held_on": again.due_on, "article": again.article}
        return _shown_call(2, explanation=again.explanation, **said)
    if last.call == 2:
        third = rules.third_meeting(profile, last)
        said = {"held_on": third.due_on, "article": third.article}
        return _shown_call(3, explanation=third.explanation, **said)
    first, final = rules.second_call_window(profile, last)
    return _shown_call(
        2,
        called_from=first.due_on,
        called_until=final.due_on,
        article=final.article,
        explanation=final.explanation,
    )


def _shown_call(call: int, **said: Any) -> Any:
    empty = {"called_from": None, "called_until": None, "held_on": None}
    return schemas.NextCallOut().dump({"call": call, **empty, **said})
