"""What the interface of documents takes and gives."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.review.documents.codes import BLOCKS, KINDS, LANGUAGES, title_of
from shared.web.i18n import gettext_noop

LONGEST_BLOCK = 2000


class DocumentIn(Schema):
    """Which document to issue: its kind, and the id of the case, session or decision."""

    kind = fields.String(required=True, validate=validate.OneOf(list(KINDS)))
    about = fields.UUID(required=True)


class PreviewQuery(DocumentIn):
    """Which document to look at before it is issued, in which language."""

    language = fields.String(load_default="ar", validate=validate.OneOf(LANGUAGES))


class DocumentsQuery(Schema):
    """The case, session or decision whose documents are wanted: one of the three."""

    case = fields.UUID(load_default=None)
    session = fields.UUID(load_default=None)
    decision = fields.UUID(load_default=None)

    @validates_schema
    def check(self, data: dict[str, Any], **_: Any) -> None:
        """Take exactly one."""
        if sum(value is not None for value in data.values()) != 1:
            raise ValidationError(gettext_noop("Name one case, session or decision."), "case")


class RenditionOut(Schema):
    """A document in one language; the hash is that of the bytes that are kept."""

    language = fields.String()
    media_type = fields.String()
    sha256 = fields.String()
    size = fields.Integer()


class DocumentOut(Schema):
    """A document as it was issued."""

    id = fields.UUID()
    state = fields.String()
    kind = fields.String(attribute="document_kind")
    title = fields.Function(lambda row: title_of(row.document_kind))
    number = fields.String()
    about = fields.String()
    edition = fields.Integer()
    issued_on = fields.Date()
    template = fields.String()
    renditions = fields.List(fields.Nested(RenditionOut))


class KindOut(Schema):
    """A kind of document with its title in the reader's language."""

    kind = fields.String()
    title = fields.String()


class DocumentList(Schema):
    """The documents of one subject, and the kinds that can be issued on it now."""

    documents = fields.List(fields.Nested(DocumentOut))
    issuable = fields.List(fields.Nested(KindOut))


class TrackedQuery(Schema):
    """Reference and code, as printed on the receipt."""

    reference = fields.String(required=True, validate=validate.Length(max=80))
    code = fields.String(required=True, validate=validate.Length(max=40))


class LetterList(Schema):
    """The letters to the petitioners of one case."""

    letters = fields.List(fields.Nested(DocumentOut))


class VerificationQuery(Schema):
    """The SHA-256 of a file that somebody holds."""

    authority = fields.String(required=True, validate=validate.Length(max=60))
    sha256 = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"))


class VerificationOut(Schema):
    """The document that a file is."""

    kind = fields.String()
    number = fields.String()
    language = fields.String()
    issued_on = fields.Date()


class WordingIn(Schema):
    """An authority's own sentences for the places of one kind of document, in one language."""

    kind = fields.String(required=True, validate=validate.OneOf(list(BLOCKS)))
    language = fields.String(required=True, validate=validate.OneOf(LANGUAGES))
    blocks = fields.Dict(
        keys=fields.String(validate=validate.Length(max=40)),
        values=fields.String(validate=validate.Length(max=LONGEST_BLOCK)),
        required=True,
    )


class WordingOut(Schema):
    """One version of an authority's own sentences."""

    kind = fields.String(attribute="document_kind")
    language = fields.String()
    version = fields.Integer()
    blocks = fields.Dict()
    recorded_at = fields.AwareDateTime()


class WordingQuery(Schema):
    """Which kind of document."""

    kind = fields.String(required=True, validate=validate.OneOf(list(BLOCKS)))


class PlaceOut(Schema):
    """A place of a template that an authority may fill."""

    place = fields.String()
    title = fields.String()


class WordingList(Schema):
    """The wording in force of one kind of document, its places, and the kinds there are."""

    wording = fields.List(fields.Nested(WordingOut))
    places = fields.List(fields.Nested(PlaceOut))
    kinds = fields.List(fields.Nested(KindOut))
