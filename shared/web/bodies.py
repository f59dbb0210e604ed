"""What a request may carry, checked before any schema reads it: one meaning, and storable text.

JSON that two programs could read differently (repeated keys, NaN, numbers beyond 53 bits: RFC 8259,
sections 4 and 6; RFC 7493) is refused, and so is text that no database keeps (NUL, lone
surrogates). Only a caller who may call the route gets this far.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from shared.errors import InvalidInput, NotFound

DEEPEST = 20
LARGEST_INTEGER: Final = 2**53
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_UNSTORABLE: Final = re.compile("[\x00\ud800-\udfff]")
"""What neither PostgreSQL nor UTF-8 can hold: the null character and halves of pairs."""


def check_request(*, takes_json: bool) -> None:
    """Refuse a request whose query, form or JSON cannot be kept or has no single meaning.

    Raises ``InvalidInput`` that names the field, ``BadRequest`` for what is no JSON, and
    ``UnsupportedMediaType`` when a route that takes JSON gets something else.
    """
    if not all(_is_storable(str(part)) for part in (request.view_args or {}).values()):
        raise NotFound("Nothing was found under this id.")
    _check_values(request.args.items(multi=True))
    if request.method not in WITH_BODY:
        return
    if request.mimetype == "application/x-www-form-urlencoded" and not takes_json:
        _check_values(request.form.items(multi=True))
    if request.is_json:
        _check_json(request.get_data(cache=True))
    elif takes_json and request.get_data(cache=True):
        raise UnsupportedMediaType()


def _check_values(values: Iterable[tuple[str, str]]) -> None:
    for name, value in values:
        if not _is_storable(name) or not _is_storable(value):
            raise _not_storable(name.replace("\x00", ""))


def _check_json(body: bytes) -> None:
    if not body:
        return
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise BadRequest() from error
    for path, one in _walk(value, "", 0):
        _check_value(path, one)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise InvalidInput(
            "This field is given twice.",
            field=_printable(repeated),
            remedy="Give each field once.",
        )
    return made


def _walk(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    """Every value that holds no others, with its path; the names of fields as well."""
    if depth > DEEPEST:
        raise InvalidInput(
            "This is nested too deeply.",
            field=path.split(".", maxsplit=1)[0],
            remedy="Correct this field and send the request again.",
        )
    if isinstance(value, dict):
        for name, inner in value.items():
            place = f"{path}.{_printable(name)}" if path else _printable(name)
            yield place, name
            yield from _walk(inner, place, depth + 1)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, f"{path}.{index}" if path else str(index), depth + 1)
    else:
        yield path, value


def _check_value(path: str, value: Any) -> None:
    if isinstance(value, str) and not _is_storable(value):
        raise _not_storable(path)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number and not (math.isfinite(value) and abs(value) <= LARGEST_INTEGER):
        raise InvalidInput(
            "Number too large.",
            field=path,
            remedy="Correct this field and send the request again.",
        )


def _is_storable(text: str) -> bool:
    return _UNSTORABLE.search(text) is None


def _printable(name: str) -> str:
    """A name as an answer can repeat it, cut short."""
    return name.replace("\x00", "").encode("utf-8", "replace").decode()[:60]


def _not_storable(field: str) -> InvalidInput:
    return InvalidInput(
        "This text has characters that cannot be kept.",
        field=field,
        remedy="Take out the invisible characters and send the request again.",
    )
