"""The two ways the law says no: to a question it cannot answer, and to a broken rule file."""

from __future__ import annotations

from shared.errors import InvalidInput
from shared.law.model import Text


class LawError(InvalidInput):
    """A question, a local rule or a count that the rules refuse.

    ``field`` names the offending input (None when the input is no question at all) and ``texts``
    says why in Arabic, French and English; ``message`` is the English sentence.
    """

    code = "law-refuses"
    texts: Text

    def __init__(self, field: str | None, message: Text) -> None:
        remedy = "" if field else "Send a JSON object in UTF-8."
        super().__init__(message["en"], field=field, remedy=remedy)
        self.texts = message


class PackError(Exception):
    """A rule file that cannot be trusted: which file, which rule in it, which field, and why."""

    def __init__(self, *, file: str, rule: str, field: str, reason: str) -> None:
        super().__init__(f"{file}: rule {rule}: field {field}: {reason}")
        self.file = file
        self.rule = rule
        self.field = field
        self.reason = reason
