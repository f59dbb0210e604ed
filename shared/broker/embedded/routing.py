"""AMQP's routing rules (AMQP 0-9-1, 3.1.3): which bindings a routing key matches."""

from __future__ import annotations

from collections.abc import Iterable


def topic_matches(pattern: str, key: str) -> bool:
    """Tell whether a topic pattern takes a routing key: ``*`` is one word, ``#`` any number."""
    return _words_match(pattern.split("."), key.split(".") if key else [])


def binding_matches(exchange_type: str, pattern: str, key: str) -> bool:
    """Tell whether a binding takes a routing key; raises ValueError for an unknown type."""
    if exchange_type == "topic":
        return topic_matches(pattern, key)
    if exchange_type == "direct":
        return pattern == key
    if exchange_type == "fanout":
        return True
    raise ValueError(f"the embedded bus has no exchanges of type {exchange_type}")


def _words_match(pattern: list[str], words: list[str]) -> bool:
    # The set holds how many pattern words may have been used up, word of the key by word.
    positions = _past_hashes(pattern, {0})
    for word in words:
        taken = {at for at in positions if at < len(pattern) and pattern[at] == "#"}
        taken |= {at + 1 for at in positions if at < len(pattern) and pattern[at] in {"*", word}}
        positions = _past_hashes(pattern, taken)
    return len(pattern) in positions


def _past_hashes(pattern: list[str], positions: Iterable[int]) -> set[int]:
    # A hash may also stand for no word at all.
    found: set[int] = set()
    for start in positions:
        at = start
        found.add(at)
        while at < len(pattern) and pattern[at] == "#":
            at += 1
            found.add(at)
    return found
