"""Which acts a page offers as forms: those the service allows now and the person's role may do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.portal.access import signed_in
from services.portal.forms import Form, Option, ShownForm, show
from services.portal.submitting import Sent

Choices = Mapping[str, Sequence[Option]]


def offered(
    forms: Mapping[str, Form],
    subject: Mapping[str, Any],
    *,
    action: Callable[[str], str],
    allowed: Mapping[str, Sequence[str]],
    sent: Sent | None = None,
    choices: Choices | None = None,
) -> list[ShownForm]:
    """The forms of ``subject`` for this person; ``action`` gives the address of each by its name.

    ``allowed`` has the acts that are possible now, each with the roles that may do it. One that
    was refused just now stays open with what was typed, even if it is not possible any more.
    """
    person = signed_in()
    shown: list[ShownForm] = []
    for name, form in forms.items():
        version = subject.get("version")
        if sent is not None and sent.form.name == form.name:
            shown.append(sent.shown(action(name), version=version, choices=choices))
        elif name in allowed and person.holds(*allowed[name]):
            shown.append(show(form, action(name), version=version, choices=choices or {}))
    return shown
