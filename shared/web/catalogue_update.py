"""Brings the .po files up to the code without losing a translation, one writer at a time."""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from babel.messages.catalog import Catalog, Message

from shared.web import catalogue_files
from shared.web.i18n import LANGUAGES, catalogue_path

Translation = str | list[str]
SOURCE_LANGUAGE = "en"  # Its sentences are the message ids, so it is filled from the code.


def name_of(message: Message) -> str:
    """Returns what tells a message apart: its (singular) id, after `context|` if it has one."""
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return f"{message.context}|{msgid}" if message.context else msgid


def in_use(catalogue: Catalog) -> dict[str, Message]:
    """Returns the messages of a catalogue by name, without its header and the ones set aside."""
    return {name_of(message): message for message in catalogue if message.id}


def set_aside(catalogue: Catalog) -> dict[str, Message]:
    """Returns the messages kept for later: translated, but in no code at the last update."""
    return {name_of(message): message for message in catalogue.obsolete.values()}


def forms_of(message: Message) -> tuple[str, ...]:
    """Returns the translated forms of a message; one, and possibly empty, if it has no plural."""
    text = message.string or ""
    return (text,) if isinstance(text, str) else tuple(text)


def update(template: Catalog, *, prune: bool) -> None:
    """Writes each language anew: the template's strings, old translations, unused ones aside."""
    with _only_writer():
        for language in LANGUAGES:
            old = catalogue_files.read(language)
            catalogue_files.write(language, _merged(language, template, old, prune=prune))


def fill(translations: Mapping[str, Mapping[str, Translation]]) -> None:
    """Puts `{language: {name: text}}` in, as `--missing` prints it; empty texts are passed over.

    Plural messages take a list with one text per plural form. Strings that no code uses yet are
    set aside until it does.
    """
    with _only_writer():
        for language, texts in translations.items():
            catalogue = catalogue_files.read(language)
            for name, text in texts.items():
                if any(text):
                    _put(catalogue, name, text)
            catalogue_files.write(language, catalogue)


def _put(catalogue: Catalog, name: str, text: Translation) -> None:
    message = in_use(catalogue).get(name) or set_aside(catalogue).get(name)
    if message is None:
        message = _new_aside(catalogue, name, plural=isinstance(text, list))
    message.string = tuple(text) if isinstance(text, list) else text
    message.flags.discard("fuzzy")


def _new_aside(catalogue: Catalog, name: str, *, plural: bool) -> Message:
    context, _separator, msgid = name.rpartition("|")
    # The plural id is learnt from the code at the next update; till then the singular stands in.
    message = Message((msgid, msgid) if plural else msgid, context=context or None)
    catalogue.obsolete[name] = message
    return message


def _merged(language: str, template: Catalog, old: Catalog, *, prune: bool) -> Catalog:
    known = set_aside(old) | in_use(old)
    merged = Catalog(locale=language, fuzzy=False)
    for name, message in in_use(template).items():
        merged.add(
            message.id,
            _translation(language, message, known.pop(name, None)),
            flags=message.flags,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    if not prune:
        unused = {name: message for name, message in known.items() if any(forms_of(message))}
        merged.obsolete.update(unused)
    return merged


def _translation(language: str, message: Message, known: Message | None) -> str | tuple[str, ...]:
    if language == SOURCE_LANGUAGE:
        return message.id if isinstance(message.id, str) else tuple(message.id)
    is_plural = not isinstance(message.id, str)
    fits = known is not None and is_plural != isinstance(known.id, str)
    forms = forms_of(known) if known is not None and fits else ("",)
    return forms if is_plural else forms[0]


@contextmanager
def _only_writer() -> Iterator[None]:
    # Several people may update at once. The lock is on the folder: its files are replaced.
    folder = os.open(catalogue_path(SOURCE_LANGUAGE).parents[2], os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
