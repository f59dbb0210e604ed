"""One set of facts for each document, with awkward ones among them: ties, mixed languages."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.review.council.names import Name
from services.review.documents.facts.letters import (
    AdmissionFacts,
    CompletionFacts,
    Petition,
    Reason,
    ReferralFacts,
    RefusalFacts,
    Remedy,
)
from services.review.documents.facts.people import Cast, Marked, Seat
from services.review.documents.facts.values import (
    AgendaFacts,
    AttendanceFacts,
    DecisionFacts,
    Facts,
    Head,
    Meeting,
    MinutesFacts,
    NoticeFacts,
    Opening,
    Point,
    Treated,
)
from services.review.documents.facts.vote_values import Answer, Vote
from services.review.documents.facts.votes import told
from shared.law.majority import Count, majority
from shared.law.packs import load_pack
from shared.law.quorum import quorum

SUBJECT = {
    "ar": "إحداث مركز للاستماع والتوجيه لفائدة النساء والشباب بحي النخيل",
    "fr": "Création d'un centre d'écoute et d'orientation pour les femmes et les jeunes du lieu",
    "original": "ar",
}
ROAD = {"ar": "إصلاح الطريق رقم 105 بين 12/03 و2024-05-17", "original": "ar"}
MEMBERS = tuple(f"01920000-0000-7000-8000-{number:012d}" for number in range(35))
NAMES = {
    MEMBERS[0]: Name(ar="الرئيسة الأولى", latin="Première Présidente"),
    MEMBERS[1]: Name(ar="العضو الثاني", latin="Deuxième Membre"),
    MEMBERS[2]: Name(latin="Troisième Membre"),
}
SEATS = tuple(Seat(person=one, is_president=one == MEMBERS[0]) for one in MEMBERS)
SESSION_DAY = date(2024, 2, 6)
_PACK = load_pack("ma-commune", SESSION_DAY)


def head(kind: str, **changes: Any) -> Head:
    """The head of a document of the commune of Taroudant."""
    said: dict[str, Any] = {
        "document_kind": kind,
        "authority": "taroudant",
        "authority_name": {"ar": "جماعة تارودانت", "fr": "Commune de Taroudant", "original": "ar"},
        "authority_kind": "commune",
        "number": "2024/3",
        "issued_on": date(2024, 2, 13),
    }
    return Head(**{**said, **changes})


def petition(**changes: Any) -> Petition:
    """An association's petition."""
    said: dict[str, Any] = {
        "reference": "taroudant/2023/1",
        "subject": SUBJECT,
        "petitioner": "association",
        "association": {
            "ar": "جمعية النخيل للتنمية",
            "fr": "Association Annakhil",
            "original": "ar",
        },
        "signatures": 0,
        "filed_on": date(2023, 10, 16),
    }
    return Petition(**{**said, **changes})


def point(position: int = 1, **changes: Any) -> Point:
    """A point of the agenda about the petition."""
    said: dict[str, Any] = {"subject": SUBJECT, "reference": "taroudant/2023/1"}
    return Point(position=position, **{**said, **changes})


def vote(votes_for: int = 24, against: int = 1, abstain: int = 2, **changes: Any) -> Vote:
    """A vote with its calculation by the law."""
    president = changes.get("president_side", "for")
    count = Count(
        votes_for=votes_for, against=against, abstain=abstain, in_office=35, president=president
    )
    said: dict[str, Any] = {
        "votes_for": votes_for,
        "votes_against": against,
        "abstentions": abstain,
        "recused": 0,
        "president_side": president,
        "voted_on": SESSION_DAY,
        "ballot": "by-name",
        "cast": (
            Cast(person=MEMBERS[0], side="for"),
            Cast(person=MEMBERS[1], side="against"),
        ),
        "recusals": (),
        "explanation": told(majority(_PACK, "votes-cast", count).explanation),
    }
    return Vote(**{**said, **changes})


def treated(position: int = 1, **changes: Any) -> Treated:
    """A point that was adopted and cites an opinion."""
    said: dict[str, Any] = {
        "point": point(position),
        "vote": vote(),
        "decision": "2024/7",
        "is_adopted": True,
        "postponed_because": None,
        "without_opinion_reason": None,
        "answers": (
            Answer(
                body={"ar": "هيئة المساواة وتكافؤ الفرص ومقاربة النوع", "fr": "IEECAG"},
                answer="partly",
                reason="Le conseil retient les points 1 à 3; le 4e dépend du budget 2025.",
            ),
        ),
    }
    return Treated(**{**said, **changes})


def _opening(call: int, held_on: date, present: int) -> Opening:
    found = quorum(_PACK, 35, present, call)
    return Opening(
        call=call,
        held_on=held_on,
        in_office=35,
        present=present,
        is_met=found.met,
        roll=(
            Marked(person=MEMBERS[0], mark="present"),
            Marked(person=MEMBERS[1], mark="present"),
            Marked(person=MEMBERS[2], mark="excused"),
        ),
        explanation=told(found.explanation),
    )


MEETING = Meeting(session_kind="ordinary", called_by="president", opens_on=SESSION_DAY)
POINTS = (point(), point(2, subject=ROAD, reference=None))
SAMPLES: dict[str, Facts] = {
    "completion": CompletionFacts(
        petition=petition(),
        asked_on=date(2023, 11, 2),
        due_on=date(2023, 11, 17),
        missing=("association-statutes", "powers"),
    ),
    "admission": AdmissionFacts(
        petition=petition(),
        decided_on=date(2023, 11, 20),
        session_on=SESSION_DAY,
        conditions="113-14 art 124",
        procedure="113-14 art 125",
    ),
    "refusal": RefusalFacts(
        petition=petition(petitioner="citizens", association=None, signatures=87, subject=ROAD),
        decided_on=date(2023, 11, 20),
        reasons=(
            Reason(code="too-few-signatures", article="113-14 art 123"),
            Reason(code="outside-powers", article="113-14 art 121"),
        ),
        notified_on=None,
        counted_from=date(2023, 11, 21),
        remedies=(
            Remedy(
                to={"ar": "المحكمة الإدارية", "fr": "Le tribunal administratif"},
                due_on=date(2024, 1, 20),
                article="41-90 art 23",
                explanation={"ar": "ستون يوما من التبليغ.", "fr": "Soixante jours."},
            ),
        ),
        text="لم يتبين للمكتب سوى 87 توقيعا صحيحا.\nTrois feuilles sont illisibles.",
        procedure="113-14 art 125",
    ),
    "referral": ReferralFacts(
        petition=petition(),
        decided_on=date(2023, 11, 20),
        committee={"ar": "لجنة الشؤون الاجتماعية", "fr": "Commission des affaires sociales"},
        referred_on=date(2023, 11, 27),
        session_on=None,
        report_due_on=None,
        procedure="113-14 art 125",
    ),
    "agenda": AgendaFacts(
        meeting=MEETING,
        version=2,
        sent_on=date(2024, 1, 15),
        points=POINTS,
        article="113-14 art 38",
    ),
    "notice": NoticeFacts(
        meeting=MEETING,
        sent_on=date(2024, 1, 25),
        points=POINTS,
        papers=({"fr": "Avis sur le centre d'écoute", "original": "fr"},),
        needed=18,
        in_office=35,
        article="113-14 art 35",
    ),
    "attendance": AttendanceFacts(
        meeting=MEETING, call=1, in_office=35, needed=18, article="113-14 art 42", members=SEATS
    ),
    "minutes": MinutesFacts(
        meeting=MEETING,
        opened_on=date(2024, 2, 9),
        closed_on=date(2024, 2, 9),
        openings=(_opening(1, SESSION_DAY, 12), _opening(2, date(2024, 2, 9), 27)),
        treated=(
            treated(),
            treated(
                2,
                point=POINTS[1],
                vote=vote(12, 12, 1, recused=2),
                decision="2024/8",
                answers=(),
                without_opinion_reason="L'avis n'est pas arrivé à temps.",
            ),
            treated(
                3, vote=None, decision=None, is_adopted=None, postponed_because="opinion-awaited"
            ),
        ),
        copies_article="113-14 art 273",
    ),
    "decision": DecisionFacts(
        meeting=MEETING, number="2024/7", adopted_on=SESSION_DAY, treated=treated()
    ),
}
