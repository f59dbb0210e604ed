"""The safety net under the logs: masks what by its key or by its looks is about a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from structlog.typing import EventDict, WrappedLogger

MASK = "***"
_PERSONAL_KEY = re.compile(
    r"(^|_)(names?|e?mails?|phones?|mobile|cin|address(es)?|birth\w*|passwords?|secrets?|tokens?"
    r"|codes?|cookies?|authorization|signature|params|body|text|ip)($|_)"
)
# Keys with such a word that name things, not people; statuses and rules have codes too.
_HARMLESS = frozenset(
    {"logger_name", "event_name", "queue_name", "status_code", "exit_code", "error_code"}
)
_REASON = re.compile(r"refused|[a-z]+(-[a-z]+)+")
_PERSONAL_LOOK = (
    re.compile(r"[^\s@<>\"'=:,;]+@[^\s@<>\"',;]+\.[^\W\d_]{2,}"),
    re.compile(r"(?<![\w-])(?:\+212|00212|0)[\s.-]?[5-7](?:[\s.-]?\d){8}(?![\w-])"),
    re.compile(r"\[parameters: .*?\](?=\n|$)", re.DOTALL),
)


def mask_personal(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
    """Return the line with personal values masked, at any depth."""
    return {key: _masked(key, value) for key, value in line.items()}


def _masked(key: str, value: Any) -> Any:
    if _is_personal(key) and value not in (None, "") and not _is_reason(key, value):
        return MASK
    return _scrubbed(value)


def _is_personal(key: str) -> bool:
    lower = key.lower().replace("-", "_")
    if lower.endswith(("_id", "_ids")) or lower in _HARMLESS:
        return False
    return _PERSONAL_KEY.search(lower) is not None


def _is_reason(key: str, value: Any) -> bool:
    """Tell the hyphenated words that name a refusal from the codes of receipts and log-ins."""
    return key == "code" and isinstance(value, str) and _REASON.fullmatch(value) is not None


def _scrubbed(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _masked(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_scrubbed(inner) for inner in value]
    if isinstance(value, str):
        for look in _PERSONAL_LOOK:
            value = look.sub(MASK, value)
    return value
