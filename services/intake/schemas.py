"""What intake's interface takes and gives."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shared.web.fields import ActSchema, SubjectLineSchema, TextsSchema

PETITIONERS = ("association", "citizens")
PERSON_ROLES = ("mandatary", "legal-representative", "petitioner")
DOCUMENT_KINDS = (
    "petition-form",
    "association-receipt",
    "association-statutes",
    "powers",
    "identity-cards",
    "signature-sheets",
    "other",
)


class AssociationIn(Schema):
    """What article 124 of 113-14 looks at."""

    name = fields.Nested(TextsSchema, required=True)
    founded_on = fields.Date(required=True)
    has_seat_here = fields.Boolean(required=True)


class PersonIn(Schema):
    """Somebody of the file; without an id it is the person who sends this."""

    person_id = fields.UUID(load_default=None)
    role = fields.String(required=True, validate=validate.OneOf(PERSON_ROLES))
    name_arabic = fields.String(load_default=None, validate=validate.Length(max=120))
    name_latin = fields.String(load_default=None, validate=validate.Length(max=120))


class PetitionIn(Schema):
    """A new draft."""

    petitioner = fields.String(required=True, validate=validate.OneOf(PETITIONERS))
    subject = fields.Nested(SubjectLineSchema, required=True)
    reasons = fields.String(load_default="", validate=validate.Length(max=10_000))
    association = fields.Nested(AssociationIn, load_default=None, allow_none=True)
    people = fields.List(
        fields.Nested(PersonIn), required=True, validate=validate.Length(min=1, max=20)
    )


class DraftEdit(Schema):
    """The parts of a draft that may change."""

    subject = fields.Nested(SubjectLineSchema)
    reasons = fields.String(validate=validate.Length(max=10_000))


class SignaturesIn(ActSchema):
    """The count of the signature book."""

    signatures = fields.Integer(
        required=True, strict=True, validate=validate.Range(min=0, max=10_000_000)
    )


class DocumentIn(Schema):
    """What kind of document is handed in."""

    kind = fields.String(load_default="other", validate=validate.OneOf(DOCUMENT_KINDS))


class PersonOut(Schema):
    """Somebody of the file."""

    person_id = fields.UUID()
    role = fields.String()


class NamedOut(PersonOut):
    """Somebody of the file by name; who was erased has none any more, and that is said."""

    name_arabic = fields.String(allow_none=True)
    name_latin = fields.String(allow_none=True)
    is_erased = fields.Boolean()


class PeopleOut(Schema):
    """The people of a file."""

    people = fields.List(fields.Nested(NamedOut))


class DocumentOut(Schema):
    """A document of the file."""

    kind = fields.String()
    sha256 = fields.String()
    media_type = fields.String()
    size = fields.Integer()
    handed_in_at = fields.AwareDateTime()
    erased_on = fields.Date(
        allow_none=True,
        metadata={"description": "Set once its content was erased (09-08, 3); the hash stays."},
    )


class PetitionOut(Schema):
    """A petition as those on its file see it."""

    id = fields.UUID()
    state = fields.String()
    version = fields.Integer()
    petitioner = fields.String()
    subject = fields.Dict(attribute="subject_line")
    reasons = fields.String()
    association = fields.Dict(allow_none=True)
    signatures = fields.Integer()
    reference = fields.String(allow_none=True)
    filed_on = fields.Date(allow_none=True)
    receipt = fields.String(allow_none=True)
    people = fields.List(fields.Nested(PersonOut))
    documents = fields.List(fields.Nested(DocumentOut))


class PetitionPage(Schema):
    """A page of petitions."""

    petitions = fields.List(fields.Nested(PetitionOut))
    next_cursor = fields.String(allow_none=True)


class PageQuery(Schema):
    """Where a list goes on."""

    cursor = fields.String(load_default=None)


class TrackingIn(Schema):
    """Reference and code, as printed on the receipt."""

    reference = fields.String(required=True, validate=validate.Length(max=80))
    code = fields.String(required=True, validate=validate.Length(max=40))


class TrackingOut(Schema):
    """Which petition a reference and its code belong to, with what its receipt says.

    No person of the file is named: whoever holds the paper reads what stands on the paper.
    """

    id = fields.UUID()
    authority = fields.String()
    reference = fields.String()
    receipt = fields.String()
    filed_on = fields.Date()
    tracking_code = fields.String()
    subject = fields.Dict(attribute="subject_line")
    association = fields.Dict(allow_none=True)


class ReceiptOut(Schema):
    """The receipt of a filing, with the code that tracks it without an account."""

    reference = fields.String()
    receipt = fields.String()
    filed_on = fields.Date()
    tracking_code = fields.String()
