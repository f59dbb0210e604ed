"""Pages about the law for everyone: work out a deadline, and the rules an authority goes by."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for

from services.portal.access import caller, page_for
from services.portal.clients import Refused
from services.portal.formats import plain_text
from services.portal.forms import Errors, Form, problem_errors
from services.portal.frame import shown_authority
from services.portal.law_words import range_text, rule_lines
from services.portal.pages import law_forms, law_typed
from services.portal.parts import parts
from shared.law.packs import PACKS
from shared.web.auth import EVERYONE
from shared.web.dates import civil_date
from shared.web.i18n import gettext as _

pages = Blueprint("law", __name__, url_prefix="/law")

UNFIT = 422


@pages.get("")
@page_for(EVERYONE)
def answers() -> Response:
    """One question of law as a form, and its answer under the same address."""
    form = law_forms.QUESTIONS.get(request.args.get("ask", ""), law_forms.DUE)
    values = law_typed.typed_question(form, request.args, pack=_own_pack())
    answer, errors = None, Errors()
    if law_typed.is_asked(form, request.args):
        answer, errors = _ask(form, values)
    choices = law_forms.choices_for(values["pack"])
    response = make_response(
        render_template(
            "law.html",
            shown_form=law_forms.QuestionForm(
                form=form,
                action=url_for("law.answers"),
                values=values,
                errors=errors,
                choices=choices,
            ),
            questions=law_forms.which(form.name),
            answer=answer,
            rule_name=law_forms.short_rule_name(choices, values.get("rule", "")),
            kept_language=request.args.get("lang"),
        )
    )
    response.status_code = UNFIT if errors else 200
    return response


@pages.get("/rules")
@page_for(EVERYONE)
def rules() -> str:
    """The rules that one authority goes by, its own marked; without one, those of communes."""
    code = request.args.get("authority")
    shown = parts().authorities.one(code) if code else shown_authority()
    found = caller().read("review", "/law/packs", authority=shown.code if shown else None)
    packs = [pack for pack in found["packs"] if pack["is_in_force"]]
    return render_template(
        "law_rules.html",
        shown=shown,
        authorities=parts().authorities.all(),
        pack=packs[0] if packs else None,
        rule_lines=rule_lines,
        range_text=range_text,
    )


@pages.get("/changes")
@page_for(EVERYONE)
def changes() -> str:
    """What would change under another version of the rules, rule by rule, both as they are read."""
    packs = caller().read("review", "/law/packs")["packs"]
    versions = [pack["version"] for pack in packs]
    before = _chosen(request.args.get("from"), versions, _in_force(packs))
    after = _chosen(request.args.get("to"), versions, versions[-1])
    params: dict[str, Any] = {"from": before, "to": after}
    found = caller().read("review", "/law/changes", **params)["changes"]
    shown = {pack["version"]: {rule["id"]: rule for rule in pack["rules"]} for pack in packs}
    return render_template(
        "law_changes.html",
        versions=[(one["version"], _version_name(one)) for one in packs],
        before=before,
        after=after,
        rows=[
            {
                "name": _name_of(shown[before].get(rule) or shown[after][rule]),
                "before": shown[before].get(rule),
                "after": shown[after].get(rule),
            }
            for rule in dict.fromkeys(change["rule"] for change in found)
        ],
        rule_lines=rule_lines,
    )


def _chosen(asked: str | None, versions: list[str], otherwise: str) -> str:
    return asked if asked in versions else otherwise


def _in_force(packs: list[dict[str, Any]]) -> str:
    """The version that the reader's authority goes by; the first there is where none is known."""
    own = [one for one in packs if one["pack"] == _own_pack() and one["is_in_force"]]
    version: str = (own or packs)[0]["version"]
    return version


def _version_name(pack: dict[str, Any]) -> str:
    name, since = plain_text(pack["law"]["name"]), civil_date(pack["valid_from"])
    return _("%(name)s, in force from %(date)s", name=name, date=since)


def _name_of(rule: dict[str, Any]) -> dict[str, str]:
    name: dict[str, str] = rule["name"]
    return name


def _ask(form: Form, values: dict[str, str]) -> tuple[dict[str, Any] | None, Errors]:
    """The law's answer, or what is wrong with the question, at its fields."""
    asked, errors = law_typed.question(form, values)
    if errors:
        return None, errors
    try:
        return caller().act("review", "/law/answers", asked), {}
    except Refused as refusal:
        if refusal.status != UNFIT:
            raise
        return None, problem_errors(refusal.problem)


def _own_pack() -> str:
    """The rules of the authority that the reader looks at; of communes where there is none."""
    authority = shown_authority()
    name = f"ma-{authority.kind}" if authority else PACKS[0]
    return name if name in PACKS else PACKS[0]
