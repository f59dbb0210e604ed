"""Whatever somebody publishes is an event of ours or undecodable; nothing in between."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.cases import CaseClosed
from shared.events.envelope import Envelope, Undecodable, decode, encode
from shared.testing.harness import event_envelope
from tests.unit.shared.test_envelope import AFTER

EVENT = event_envelope(CaseClosed(outcome="done"), AFTER, subject="case/1")
LONG = "x" * 300

ODD: dict[str, list[Any]] = {
    "id": ["", "7", EVENT.id.upper(), f"urn:uuid:{EVENT.id}", f"{{{EVENT.id}}}", None],
    "causationid": ["", "7", EVENT.id.upper()],
    "sequence": ["0", "-1", "1.0", "1e3", "01", "٣", "2147483648", "9" * 5000, 1, True, None],
    "subject": ["", "case", "case/", "/1", "case/1/2", "case/\x1b[2J", f"case/{LONG}", "case/[b]"],
    "type": ["", "x", "case", "case.closed", "case.closed.v0", "case.closed.vx", "Case.closed.v1"],
    "time": [
        "2026-01-01T00:00:00",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:59:59-05:00",
        "yesterday",
        0,
    ],
    "authority": ["", "*", "A B", "a\x00b", LONG],
    "correlationid": ["", LONG, "two\nlines", "\u202eabc"],
    "actorid": ["", "\x9b31m"],
    "onbehalfof": ["", LONG],
    "data": [None, [], "text", {}],
}


def altered(**changes: Any) -> bytes:
    return json.dumps({**json.loads(encode(EVENT)), **changes}).encode()


@pytest.mark.parametrize(
    ("name", "value"),
    # Named by their places: an id that is new in each process would tell them apart.
    [pytest.param(key, one, id=f"{key}-{at}") for key in ODD for at, one in enumerate(ODD[key])],
)
def test_an_attribute_that_no_service_writes_makes_it_undecodable(name: str, value: Any) -> None:
    with pytest.raises(Undecodable):
        decode(altered(**{name: value}))


def test_each_reason_fits_into_a_line_and_quotes_nothing() -> None:
    for name, values in ODD.items():
        for value in values:
            with pytest.raises(Undecodable) as caught:
                decode(altered(**{name: value}))
            assert str(caught.value).isprintable()
            assert LONG not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        encode(EVENT).replace(EVENT.id.encode(), b"\xff\xfe"),
        encode(EVENT).decode().encode("utf-16"),
        b"\xef\xbb\xbf" + encode(EVENT),
        b'{"a":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        altered(extra=json.loads("[" * 40 + "]" * 40)),
        altered(extra="x" * 70_000),
        altered(extra="\x00"),
        altered(extra={"\x00": 1}),
        json.dumps(json.loads(encode(EVENT)), indent=1).encode(),
        encode(EVENT)[:-1],
        encode(EVENT) + encode(EVENT),
    ],
    ids=range(11),
)
def test_bytes_that_no_service_writes_are_undecodable(body: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(body)


JSON = st.recursive(
    st.none() | st.integers() | st.text(), lambda some: st.dictionaries(st.text(), some)
)


@given(st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()))
def test_whatever_comes_is_undecodable_and_no_other_fault(body: bytes) -> None:
    with pytest.raises(Undecodable):
        decode(body)


@given(name=st.sampled_from(sorted(json.loads(encode(EVENT)))), value=st.text(max_size=300))
def test_whatever_an_attribute_says_it_is_sound_or_undecodable(name: str, value: str) -> None:
    try:
        envelope = decode(altered(**{name: value}))
    except Undecodable:
        return
    assert isinstance(envelope, Envelope)
    assert decode(encode(envelope)) == envelope


def test_an_attribute_that_a_later_version_adds_is_left_alone() -> None:
    assert decode(altered(extra={"later": [1, "ص"]})) == EVENT
