"""Reads one line as one question: strict JSON (RFC 8259), each field once, numbers kept exact."""

from __future__ import annotations

import json
from typing import NoReturn

from shared.law.errors import LawError
from shared.law.phrases import say
from shared.law.questions import MOST, in_print

EXAMPLE = '{"ask": "threshold", "pack": "ma-commune", "population": 28000}'
"""What a question looks like, shown to those who sent none."""


def question_of(line: str | bytes) -> object:
    """Return what a line holds, in UTF-8 with or without a byte order mark.

    Raises LawError without a field when it is not JSON, and on a field that is given twice.
    """
    try:
        text = line.decode() if isinstance(line, bytes) else line
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_int=_whole_number,
            parse_constant=_refuse,
            object_pairs_hook=_each_field_once,
        )
    except (ValueError, RecursionError) as error:
        raise LawError(None, say("error-not-json", example=EXAMPLE)) from error


def _each_field_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The fields of an object; one given twice could mean either (RFC 8259, section 4)."""
    fields = dict[str, object]()
    for name, value in pairs:
        if name in fields:
            raise LawError(in_print(name), say("error-twice", field=in_print(name)))
        fields[name] = value
    return fields


def _whole_number(digits: str) -> int:
    # Python refuses to read more than 4300 digits; such a number is too large all the same.
    return int(digits) if len(digits) < 20 else MOST + 1


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON (RFC 8259, section 6)")
