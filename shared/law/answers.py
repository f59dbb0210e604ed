"""Answers questions of law from outside: one JSON object a line in, one JSON line out.

``arida law answer`` runs main(); the HTTP door asks answer_question(). Fields and readings:
packs.py, clock.py, thresholds.py, quorum.py, majority.py, sessions.py, composition_answers.py.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, cast

from shared.law.clock import due
from shared.law.composition_answers import composition_asked
from shared.law.errors import LawError
from shared.law.majority import SIDES, Count, Side, majority, matters, rule_for
from shared.law.pack import Pack
from shared.law.packs import PACKS, load_pack
from shared.law.phrases import joined, say
from shared.law.question_lines import EXAMPLE, question_of
from shared.law.questions import Question, in_print
from shared.law.quorum import quorum
from shared.law.sessions import next_session
from shared.law.thresholds import signatures_needed

Json = dict[str, Any]
Answerer = Callable[[Question], Json]

CALLERS = ("anybody", "governor")
"""Who asked for the session whose quorum it is: the governor's has calls of its own."""


class Output(Protocol):
    """Where the answers go: bytes, flushed after each line."""

    def write(self, data: bytes, /) -> object:
        """Take the bytes of one line."""

    def flush(self) -> object:
        """Send on what was written."""


def answer(line: str | bytes) -> str:
    """Return the answer to one line as one line of JSON, without the line end; never raises."""
    try:
        reply = answer_question(question_of(line))
    except LawError as error:
        reply = {"error": {"field": error.field, "message": error.texts}}
    return json.dumps(reply, ensure_ascii=False, separators=(",", ":"))


def answer_lines(lines: Iterable[bytes], out: Output) -> None:
    """Write one answer for each non-empty line, in order, and flush it before reading on."""
    for line in lines:
        if line.strip():
            out.write(answer(line).encode() + b"\n")
            out.flush()


def main() -> int:
    """Answer standard input on standard output until either ends; return the exit code."""
    try:
        answer_lines(sys.stdin.buffer, sys.stdout.buffer)
    except BrokenPipeError:
        # The reader has all it wanted (as "head" does); Python's own flush at exit must not fail.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def answer_question(question: object) -> Json:
    """Return the answer to one question, already parsed; LawError names the offending field."""
    if not isinstance(question, dict):
        raise LawError(None, say("error-not-json", example=EXAMPLE))
    asked = Question(cast("Mapping[str, object]", question))
    reply = ANSWERERS[asked.choice("ask", tuple(ANSWERERS))](asked)
    unread = asked.unread()
    if unread:
        passed_over = say("not-read", fields=", ".join(in_print(one) for one in unread))
        reply["explanation"] = joined([reply["explanation"], passed_over])
    return reply


def _pack(asked: Question, date_field: str | None = None) -> Pack:
    """Return the pack version in force on the date of that field, else today."""
    name = asked.choice("pack", PACKS)
    if date_field is None:
        return load_pack(name, None)
    return load_pack(name, asked.day(date_field), field=date_field)


def _due(asked: Question) -> Json:
    pack = _pack(asked, "from")
    rule = asked.choice("rule", tuple(pack.term_by_id))
    found = due(pack, rule, asked.day("from"), holidays=asked.days_if_given("holidays"))
    return {
        "due_on": found.due_on.isoformat(),
        "safe_on": found.safe_on.isoformat(),
        "article": found.article,
        "skipped": [{"day": skip.day.isoformat(), "why": skip.why} for skip in found.skipped],
        "explanation": found.explanation,
    }


def _threshold(asked: Question) -> Json:
    pack = _pack(asked)
    population = asked.count("population")
    found = signatures_needed(pack, population, arrondissements=asked.truth("arrondissements"))
    return {
        "signatures": found.signatures,
        "article": found.article,
        "explanation": found.explanation,
    }


def _quorum(asked: Question) -> Json:
    pack = _pack(asked)
    counted = (asked.count("in_office"), asked.count("present"), asked.value("call"))
    caller = asked.choice_if_given("called_by", CALLERS) or "anybody"
    found = quorum(pack, *counted, called_by=caller)
    return {
        "met": found.met,
        "needed": found.needed,
        "article": found.article,
        "explanation": found.explanation,
    }


def _majority(asked: Question) -> Json:
    pack = _pack(asked)
    matter = asked.choice_if_given("matter", tuple(matters(pack)))
    found = majority(
        pack,
        _basis(pack, asked, matter),
        Count(
            votes_for=asked.count("for"),
            against=asked.count("against"),
            abstain=asked.count("abstain"),
            in_office=asked.count("in_office"),
            president=cast("Side | None", asked.choice_or_null("president", SIDES)),
        ),
        matter=matter,
    )
    return {
        "adopted": found.adopted,
        "needed": found.needed,
        "tie_broken": found.tie_broken,
        "article": found.article,
        "explanation": found.explanation,
    }


def _basis(pack: Pack, asked: Question, matter: str | None) -> str:
    """The basis asked for; that of the matter where only a matter is given."""
    bases = tuple(rule.basis for rule in pack.majorities)
    if matter is None:
        return asked.choice("basis", bases)
    return asked.choice_if_given("basis", bases) or rule_for(pack, matter).basis


def _session(asked: Question) -> Json:
    pack = _pack(asked, "bureau_decided_on")
    found = next_session(pack, asked.day("bureau_decided_on"), asked.days("ordinary_sessions"))
    return {
        "session": found.session.isoformat(),
        "agenda_to_governor_latest": found.agenda_to_governor_latest.isoformat(),
        "notice_to_members_latest": found.notice_to_members_latest.isoformat(),
        "clash": found.clash,
        "explanation": found.explanation,
    }


def _composition(asked: Question) -> Json:
    return composition_asked(_pack(asked), asked)


ANSWERERS: Mapping[str, Answerer] = {
    "due": _due,
    "threshold": _threshold,
    "quorum": _quorum,
    "majority": _majority,
    "session": _session,
    "composition": _composition,
}
