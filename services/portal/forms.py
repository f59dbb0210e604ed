"""Forms as data: fields told once, shown with what was typed, read back into an act's JSON.

Several forms may stand on one page, so the names of a form's inputs begin with the form's name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from services.portal.formats import errors_by_field
from shared.ids import new_id
from shared.web.i18n import LazyText, lazy_gettext
from shared.web.i18n import gettext as _

Option = tuple[str, LazyText | str]
Errors = dict[str, dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Field:
    """One input. ``name`` is the path in the JSON; ``kind`` says how it is shown and read:

    text, textarea, date, number, select, radio, checks (several), yes (a box), password, email,
    file (the page passes it on by itself).
    """

    name: str
    label: LazyText
    kind: str = "text"
    is_required: bool = False
    hint: LazyText | None = None
    options: Sequence[Option] = ()
    value: str | None = None
    longest: int | None = None
    rows: int = 6
    lang: str | None = None
    autocomplete: str = "off"
    is_maybe: bool = False
    """Needed in some cases or beside another field: not called optional."""
    is_place: bool = False
    """It names where the act is sent, and is no part of what is sent."""


FILE = Field(
    name="file",
    label=lazy_gettext("File"),
    kind="file",
    hint=lazy_gettext("PDF or picture, at most 20 MB."),
)
"""The one file of a form, of the kinds and the size that the store of files takes."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """One act as a form; ``path`` is what is added to the subject's address at the service."""

    name: str
    title: LazyText
    button: LazyText
    fields: tuple[Field, ...] = ()
    path: str = ""
    lead: LazyText | None = None
    kind: str = "first"
    is_act: bool = True

    @property
    def has_files(self) -> bool:
        """Whether a file can be chosen in it."""
        return any(one.kind == "file" for one in self.fields)

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """Its own fields, and for an act the date on which it was done."""
        return (*self.fields, *(ACT_FIELDS if self.is_act else ()))


LATE_REASON = Field(
    name="late_reason",
    label=lazy_gettext("Why it is recorded later"),
    hint=lazy_gettext("Only when the act was done on an earlier day."),
    longest=500,
)
ACT_FIELDS = (
    Field(
        name="acted_on",
        label=lazy_gettext("Date of the act"),
        kind="date",
        hint=lazy_gettext("Leave it empty when it was done today."),
    ),
    LATE_REASON,
)


@dataclass(kw_only=True)
class ShownForm:
    """A form as one page shows it."""

    form: Form
    action: str
    values: Mapping[str, Any] = field(default_factory=dict)
    errors: Errors = field(default_factory=dict)
    is_open: bool = False
    version: str | int | None = None
    key: str = ""
    choices: Mapping[str, Sequence[Option]] = field(default_factory=dict)

    def input_name(self, one: Field) -> str:
        """The name of an input, told apart from those of other forms on the page."""
        return f"{self.form.name}-{one.name}"

    def options(self, one: Field) -> Sequence[Option]:
        """What a choice offers: the page's own list, else the field's."""
        return self.choices.get(one.name, one.options)

    def value(self, one: Field) -> Any:
        """What was typed, else what stands there from the start."""
        return self.values.get(one.name, one.value)

    @property
    def input_errors(self) -> Errors:
        """The errors by the names of the inputs."""
        found: Errors = {}
        for name, error in self.errors.items():
            one = self._field_for(name)
            found.setdefault(self.input_name(one) if one else "", error)
        return found

    def _field_for(self, path: str) -> Field | None:
        """The field of a path in the service's answer: itself, a part of it, or what it is in."""
        for one in self.form.all_fields:
            is_part = one.name.startswith(f"{path}.") or path.endswith(f".{one.name}")
            if path and (one.name == path or is_part):
                return one
        return None

    @property
    def labels(self) -> dict[str, str]:
        """The inputs' labels by their names, for the summary of errors."""
        return {self.input_name(one): str(one.label) for one in self.form.all_fields}


def scoped(form: Form, key: object) -> Form:
    """The same form for one of several subjects on a page, its inputs told apart by ``key``."""
    return replace(form, name=f"{form.name}_{key}")


def preset(form: Form, **values: str | None) -> Form:
    """The same form with values that stand there from the start."""
    fields = [replace(one, value=values.get(one.name, one.value)) for one in form.fields]
    return replace(form, fields=tuple(fields))


def show(form: Form, action: str, **options: Any) -> ShownForm:
    """A fresh form with a key of its own, so that sending it twice is one act."""
    options.setdefault("key", str(new_id()))
    return ShownForm(form=form, action=action, **options)


def typed(form: Form, data: MultiDict[str, str]) -> dict[str, Any]:
    """What was typed into each field, to be shown again."""
    found: dict[str, Any] = {}
    for one in form.all_fields:
        name = f"{form.name}-{one.name}"
        found[one.name] = data.getlist(name) if one.kind == "checks" else data.get(name, "")
    return found


def payload(form: Form, values: Mapping[str, Any]) -> tuple[dict[str, Any], Errors]:
    """The JSON that the typed values make, and the fields that cannot be read.

    Empty fields are left out, so that the service says which of them it needs.
    """
    body: dict[str, Any] = {}
    errors: Errors = {}
    for one in form.all_fields:
        raw = values.get(one.name, "")
        if one.kind == "file":
            continue
        if one.is_required and not raw and one.kind != "yes":
            errors[one.name] = {"message": _("Fill in this field."), "remedy": ""}
        elif one.kind == "number" and raw and not _is_whole(raw):
            errors[one.name] = {
                "message": _("This is not a whole number."),
                "remedy": _("Write it in digits only."),
            }
        elif not one.is_place and (one.kind == "yes" or raw):
            _put(body, one.name.split("."), _read(one, raw))
    return body, errors


def problem_errors(problem: Mapping[str, Any]) -> Errors:
    """A problem document's errors by field; one about the whole act has the empty name."""
    errors = errors_by_field(problem.get("errors") or [])
    if errors:
        return errors
    message = problem.get("detail") or problem.get("title") or _("Something went wrong here")
    return {"": {"message": str(message), "remedy": str(problem.get("remedy") or "")}}


def _read(one: Field, raw: Any) -> Any:
    if one.kind == "number":
        return int(raw)
    if one.kind == "yes":
        return raw == "yes"
    return raw.strip() if isinstance(raw, str) else raw


def _is_whole(raw: str) -> bool:
    return raw.strip().isdecimal()


def _put(body: dict[str, Any], path: Sequence[str], value: Any) -> None:
    for part in path[:-1]:
        body = body.setdefault(part, {})
    body[path[-1]] = value
