"""Turns plain values into declared classes with msgspec, from however many threads at once.

msgspec works out a dataclass at its first use, and shows what it has of it to other threads
meanwhile: one that reads the half of it ends the process (SIGSEGV, msgspec 0.22).
"""

from __future__ import annotations

import threading
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")

_ready: set[Any] = set()
_working_out = threading.Lock()


@overload
def convert(value: object, declared: type[T], **options: Any) -> T: ...


@overload
def convert(value: object, declared: Any, **options: Any) -> Any: ...


def convert(value: object, declared: Any, **options: Any) -> Any:
    """``msgspec.convert`` with its options; raises ``msgspec.ValidationError`` as it does."""
    _work_out(declared)
    return msgspec.convert(value, declared, **options)


def decoder_of(declared: type[T]) -> msgspec.json.Decoder[T]:
    """What reads a declared class from JSON; raises ``msgspec.DecodeError`` when it reads."""
    _work_out(declared)
    return msgspec.json.Decoder(declared)


def _work_out(declared: Any) -> None:
    if declared in _ready:
        return
    with _working_out:
        # A decoder is what works the class out, with all that it is made of.
        msgspec.json.Decoder(declared)
        _ready.add(declared)
