"""The HTTP interface of intake, ``/intake/v1``."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, request
from flask_smorest import Blueprint

from services.intake import actions, papers, queries, redactions, schemas
from services.intake.models import Petition
from shared.db.engine import EVERY_AUTHORITY
from shared.errors import InvalidInput, NotFound
from shared.tracking import TRACKING_LIMIT, code_matches, tracking_code
from shared.web.auth import EVERYONE, claims, current_role, may
from shared.web.callers import caller_address
from shared.web.fields import ActSchema
from shared.web.scope import current_context
from shared.web.transaction import answer, reading, require_match, show, writing

blueprint = Blueprint("petitions", __name__, description="Petitions up to filing, and after.")

TRACKED = ("id", "authority", "reference", "receipt", "filed_on", "subject_line", "association")
"""What the holder of a receipt is told of its petition; it stands on the receipt too."""


@blueprint.post("/petitions")
@may("petitioner", "secretariat")
@blueprint.arguments(schemas.PetitionIn)
@blueprint.response(201, schemas.PetitionOut)
def draft_petition(data: dict[str, Any]) -> Response:
    """Begin a petition as a private draft."""
    people = [_named(person) for person in data.pop("people")]
    with writing() as uow:
        petition = actions.draft_petition(uow, people=people, **data)
        location = f"/intake/v1/petitions/{petition.id}"
        return answer(uow, schemas.PetitionOut, petition, status=201, location=location)


@blueprint.get("/petitions")
@may("petitioner")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.PetitionPage)
def list_own_petitions(data: dict[str, Any]) -> Response:
    """The petitions that the caller is on, newest first."""
    who = claims()
    with reading() as session:
        page = queries.petitions_of_person(session, who.authority, who.person, data["cursor"])
        return show(schemas.PetitionPage, {"petitions": page.rows, "next_cursor": page.next_cursor})


@blueprint.get("/petitions/<uuid:petition_id>")
@may("petitioner", "secretariat", "bureau", "president", "committee-chair", "auditor")
@blueprint.response(200, schemas.PetitionOut)
def read_petition(petition_id: UUID) -> Response:
    """One petition with its file."""
    with reading() as session:
        return show(schemas.PetitionOut, _readable(session, petition_id))


@blueprint.patch("/petitions/<uuid:petition_id>")
@may("petitioner", "secretariat")
@blueprint.arguments(schemas.DraftEdit)
@blueprint.response(200, schemas.PetitionOut)
def edit_draft(data: dict[str, Any], petition_id: UUID) -> Response:
    """Change a draft (If-Match is needed)."""
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        require_match(petition)
        return answer(uow, schemas.PetitionOut, actions.edit_draft(petition, **data))


@blueprint.post("/petitions/<uuid:petition_id>/opening")
@may("petitioner", "secretariat")
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.PetitionOut)
def open_petition(data: dict[str, Any], petition_id: UUID) -> Response:
    """Begin to collect signatures."""
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        return answer(uow, schemas.PetitionOut, actions.open_petition(uow, petition, **data))


@blueprint.post("/petitions/<uuid:petition_id>/signature-counts")
@may("petitioner", "secretariat")
@blueprint.arguments(schemas.SignaturesIn)
@blueprint.response(200, schemas.PetitionOut)
def count_signatures(data: dict[str, Any], petition_id: UUID) -> Response:
    """Record the count of the signature book."""
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        return answer(uow, schemas.PetitionOut, actions.count_signatures(uow, petition, **data))


@blueprint.post("/petitions/<uuid:petition_id>/giving-up")
@may("petitioner", "secretariat")
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.PetitionOut)
def give_up(data: dict[str, Any], petition_id: UUID) -> Response:
    """End the collection of signatures without filing; nothing of it is filed any more."""
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        redactions.give_up(uow, petition, **data)
        return answer(uow, schemas.PetitionOut, petition)


@blueprint.post("/petitions/<uuid:petition_id>/filing")
@may("petitioner", "secretariat")
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.PetitionOut)
def file_petition(data: dict[str, Any], petition_id: UUID) -> Response:
    """File the petition with the president; the answer is the receipt."""
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        return answer(uow, schemas.PetitionOut, actions.file_petition(uow, petition, **data))


@blueprint.get("/petitions/<uuid:petition_id>/people")
@may("petitioner", "secretariat")
@blueprint.response(200, schemas.PeopleOut)
def read_people(petition_id: UUID) -> Response:
    """The people of the file by name, for themselves and the secretariat."""
    with reading() as session:
        petition = _readable(session, petition_id)
        vault = current_context().vault(session, petition.authority)
        return show(schemas.PeopleOut, {"people": queries.people_of_file(vault, petition)})


@blueprint.get("/petitions/<uuid:petition_id>/receipt")
@may("petitioner", "secretariat")
@blueprint.response(200, schemas.ReceiptOut)
def read_receipt(petition_id: UUID) -> Response:
    """The receipt, with the code that tracks the petition without an account."""
    with reading() as session:
        petition = _readable(session, petition_id)
        if petition.reference is None:
            raise NotFound("Nothing was found under this id.", kind="receipt")
        code = tracking_code(current_context().key("tracking"), petition.id)
        fields = ("reference", "receipt", "filed_on")
        shown = {name: getattr(petition, name) for name in fields}
        return show(schemas.ReceiptOut, {**shown, "tracking_code": code})


@blueprint.post("/petitions/<uuid:petition_id>/documents")
@may("petitioner", "secretariat")
@blueprint.arguments(schemas.DocumentIn, location="form")
@blueprint.response(200, schemas.PetitionOut)
def add_document(data: dict[str, Any], petition_id: UUID) -> Response:
    """Hand in a document (multipart, part ``file``); the store checks type and size."""
    upload = request.files.get("file")
    if upload is None:
        raise InvalidInput("No file came with the form.", field="file", remedy="Choose a file.")
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        paper = papers.keep(uow, data["kind"], upload.stream, declared_name=upload.filename or "")
        done = actions.add_documents(uow, petition, [paper])
        return answer(uow, schemas.PetitionOut, done)


@blueprint.post("/petitions/<uuid:petition_id>/withdrawal-request")
@may("petitioner")
@blueprint.arguments(ActSchema)
@blueprint.response(200, schemas.PetitionOut)
def request_withdrawal(data: dict[str, Any], petition_id: UUID) -> Response:
    """Ask to withdraw the petition; the council's case answers."""
    with writing() as uow:
        petition = actions.own_petition(uow, petition_id)
        return answer(uow, schemas.PetitionOut, actions.request_withdrawal(uow, petition, **data))


@blueprint.get("/tracking")
@may(EVERYONE)
@blueprint.arguments(schemas.TrackingIn, location="query")
@blueprint.response(200, schemas.TrackingOut)
def track(data: dict[str, Any]) -> Response:
    """Find a petition by reference and code; one answer for all that do not fit."""
    context = current_context()
    address = caller_address()
    if address is not None:
        context.limiter.check(f"tracking|{address}", TRACKING_LIMIT)
    with context.database.read(EVERY_AUTHORITY) as session:
        petition = queries.petition_by_reference(session, data["reference"])
        key = context.key("tracking")
        if petition is None or not code_matches(key, petition.id, data["code"]):
            raise NotFound("No petition has this reference and code.")
        told = {name: getattr(petition, name) for name in TRACKED}
        return show(schemas.TrackingOut, {**told, "tracking_code": tracking_code(key, petition.id)})


def _named(person: dict[str, Any]) -> actions.Named:
    person_id = person.pop("person_id") or UUID(claims().person)
    return actions.Named(person_id=person_id, **person)


def _readable(session: Any, petition_id: UUID) -> Petition:
    petition = queries.petition_of(session, claims().authority, petition_id)
    if current_role() == "petitioner" and not actions.is_on_file(petition, claims().person):
        raise NotFound("Nothing was found under this id.", kind="petition")
    return petition
