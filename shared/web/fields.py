"""Fields that several services' schemas share: texts in several languages, civil dates of acts."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from shared.web.i18n import gettext_noop

LANGUAGE_CODES = ("ar", "fr", "en")
SUBJECT_LENGTH = 200
NAME_LENGTH = 300
"""Names travel whole in events, which take 64 KiB."""


class TextsSchema(Schema):
    """A text in at least one of three languages; ``original`` names the one it was written in."""

    ar = fields.String(allow_none=True)
    fr = fields.String(allow_none=True)
    en = fields.String(allow_none=True)
    original = fields.String(validate=validate.OneOf(LANGUAGE_CODES))

    longest = NAME_LENGTH

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a text without any language, or one longer than it may be."""
        if not any((data.get(code) or "").strip() for code in LANGUAGE_CODES):
            raise ValidationError(gettext_noop("Give the text in at least one language."), "ar")
        for code in LANGUAGE_CODES:
            if len(data.get(code) or "") > self.longest:
                raise ValidationError(gettext_noop("This text is too long."), code)

    def load(self, data: Any, **kwargs: Any) -> Any:
        """Load the text; the first language given is the original unless one is named."""
        loaded = super().load(data, **kwargs)
        given = [code for code in LANGUAGE_CODES if (loaded.get(code) or "").strip()]
        loaded.setdefault("original", given[0])
        return {code: loaded.get(code) for code in (*LANGUAGE_CODES, "original")}


class SubjectLineSchema(TextsSchema):
    """A subject line: at most 200 characters, and it becomes public."""

    longest = SUBJECT_LENGTH


class ActSchema(Schema):
    """What every act may say beside its content: the day it was done, and why it is told late."""

    acted_on = fields.Date(
        load_default=None, metadata={"description": "Civil date of the act; default today."}
    )
    late_reason = fields.String(
        load_default=None,
        validate=validate.Length(max=500),
        metadata={"description": "Why the act is recorded after its date."},
    )
