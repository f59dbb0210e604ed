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
    roles: Mapping[str, tuple[str, ...]],
    sent: Sent | None = None,
    choices: Choices | None = None,
) -> list[ShownForm]:
    """The forms of ``subject`` for this person; ``action`` gives the address of each by its name.

    ``subject["acts"]`` names the acts that are possible now. One that was refused just now stays
    open with what was typed, even if it is not possible any more.
    """
    person, allowed = signed_in(), acts_of(subject)
    shown: list[ShownForm] = []
    for name, form in forms.items():
        version = subject.get("version")
        if sent is not None and sent.form.name == name:
            shown.append(sent.shown(action(name), version=version, choices=choices))
        elif name in allowed and person.holds(*roles[name]):
            shown.append(show(form, action(name), version=version, choices=choices or {}))
    return shown


def acts_of(subject: Mapping[str, Any]) -> set[str]:
    """The names of the acts that the service allows now."""
    acts = subject.get("acts") or []
    return {str(one["act"] if isinstance(one, Mapping) else one) for one in acts}
