"""A step that the workflow has not from a state, told in words: the state, and what is possible.

No article speaks of most of them: the table does, which is the project's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from shared.errors import IllegalMove
from shared.web.i18n import gettext as _

if TYPE_CHECKING:
    from shared.events.catalogue import Event


def explained(error: IllegalMove) -> str:
    """Two sentences in the reader's language: the state it is in, and what can be recorded now.

    Empty where the refusal names no state of a kind that has words.
    """
    # Imported when somebody is refused: most programs never need these words.
    from shared.events.state_words import STATE_WORDS  # noqa: PLC0415

    kind, state = str(error.params.get("kind")), str(error.params.get("state"))
    word = STATE_WORDS.get(kind, {}).get(state)
    if word is None:
        return ""
    said = [_("Where it stands: %(state)s.", state=str(word))]
    if "offers" in error.params:
        said.append(_possible(error.params))
    return " ".join(said)


def _possible(params: Mapping[str, Any]) -> str:
    acts = list(_words(params["offers"]))
    if not acts:
        return _("Nothing more can be recorded on it.")
    return _("What can be recorded now: %(acts)s.", acts=" · ".join(acts))


def _words(events: Iterable[type[Event]]) -> Iterable[str]:
    from shared.events.event_words import EVENT_WORDS  # noqa: PLC0415

    names = (one.TYPE.rpartition(".v")[0] for one in events)
    return dict.fromkeys(str(EVENT_WORDS[name]) for name in names if name in EVENT_WORDS)
