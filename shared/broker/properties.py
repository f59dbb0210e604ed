"""Reads the properties of messages whoever wrote them.

py-amqp takes what AMQP calls short strings for UTF-8 and dates for dates; another client may write
what is neither. Its fault would end the consumer, and every consumer after it at the same message.
"""

from __future__ import annotations

import struct
from typing import Any

from amqp.exceptions import FrameSyntaxError
from amqp.serialization import PROPERTY_CLASSES, decode_properties_basic
from amqp.spec import Basic

UNREADABLE = (ValueError, OverflowError, ArithmeticError, OSError, struct.error, FrameSyntaxError)


def read_properties(buffer: bytes, offset: int) -> tuple[dict[str, Any], int]:
    """A message's properties and where they end; none at all where they cannot be read."""
    try:
        properties, offset = decode_properties_basic(buffer, offset)
    except UNREADABLE:
        return {}, len(buffer)
    return properties, offset


def tolerate_any_properties() -> None:
    """Let py-amqp read properties so, on every connection of this process."""
    PROPERTY_CLASSES[Basic.CLASS_ID] = read_properties
