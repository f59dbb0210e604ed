"""The envelope: one byte form, sound decoding, and a clear word for what is not understood."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from unicodedata import normalize
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.canonical import NotCanonical, canonical_bytes
from shared.events.cases import CaseClosed, CaseSnapshot
from shared.events.envelope import Undecodable, UnknownType, decode, encode, understand
from shared.events.texts import Texts
from shared.testing.harness import event_envelope

AFTER = CaseSnapshot(
    state="closed",
    reference="x/2023/1",
    subject=Texts(ar="موضوع", original="ar"),
    petitioner="association",
    people=[],
    filed_on=date(2023, 10, 16),
    law_version="ma-commune@2015-07-23",
    refusal_due_on=date(2024, 1, 16),
    refusal_safe_on=date(2024, 1, 16),
    decided_on=None,
    reasons=[],
    committee=None,
)
ENVELOPE = event_envelope(CaseClosed(outcome="done"), AFTER, subject="case/1", sequence=7)


def test_the_bytes_come_back_as_the_same_envelope() -> None:
    assert decode(encode(ENVELOPE)) == replace(ENVELOPE, time=ENVELOPE.time)
    assert encode(decode(encode(ENVELOPE))) == encode(ENVELOPE)


def test_the_envelope_is_a_cloudevent_with_text_attributes() -> None:
    plain = json.loads(encode(ENVELOPE))

    assert plain["specversion"] == "1.0"
    assert plain["sequence"] == "7"
    assert plain["type"] == "case.closed.v1"
    assert plain["data"]["from"] == ""
    assert "causationid" not in plain


def test_what_it_says_comes_in_its_declared_classes() -> None:
    received = understand(decode(encode(ENVELOPE)))

    assert received.what == CaseClosed(outcome="done")
    assert received.after == AFTER


def test_a_later_version_is_unknown_and_not_misread() -> None:
    with pytest.raises(UnknownType, match="version 2"):
        understand(replace(ENVELOPE, type="case.closed.v2"))


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{}", b'{"specversion":"1.0"}', b"null"])
def test_bytes_that_are_no_envelope_are_undecodable(body: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(body)


def test_an_event_above_64_kib_is_refused() -> None:
    with pytest.raises(ValueError, match="65536"):
        encode(replace(ENVELOPE, correlationid="x" * 70_000))


@pytest.mark.parametrize(
    "value", [0.5, 1.0, float("nan"), {1: 2}, b"bytes", UUID(int=1), date(2023, 10, 16), object()]
)
def test_what_is_no_plain_value_has_no_canonical_form_wherever_it_is(value: object) -> None:
    for whole in (value, {"deep": [{"in": value}]}):
        with pytest.raises(NotCanonical):
            canonical_bytes(whole)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(PLAIN)
def test_canonical_bytes_are_a_fixed_point(value: object) -> None:
    once = canonical_bytes(value)

    assert canonical_bytes(json.loads(once)) == once
    assert json.loads(once) == composed(value)


def composed(value: object) -> object:
    """A plain value with all its text in NFC."""
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [composed(one) for one in value]
    if isinstance(value, dict):
        return {normalize("NFC", key): composed(one) for key, one in value.items()}
    return value


@given(st.text(alphabet='ea"\\\n\u0301\u0338\u0654\u0627é', max_size=8))
def test_marks_beside_what_json_escapes_are_composed_as_anywhere(text: str) -> None:
    assert json.loads(canonical_bytes({"a": [text]})) == {"a": [normalize("NFC", text)]}


def test_composed_and_decomposed_letters_have_the_same_bytes() -> None:
    assert canonical_bytes("é") == canonical_bytes("é")
