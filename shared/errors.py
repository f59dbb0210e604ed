"""Everything a caller can be told "no" with; shared/web/problems.py turns these into HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.web.i18n import gettext_noop


@dataclass(frozen=True, kw_only=True)
class FieldProblem:
    """One field to mend: its path, what is wrong, and the remedy (English source texts)."""

    field: str
    message: str
    remedy: str = ""


class DomainError(Exception):
    """A refusal with a stable code and an HTTP status.

    ``message`` and ``remedy`` are English source sentences with ``%(name)s`` placeholders that
    ``params`` fill after translation, so the same error speaks every language.
    """

    code = "refused"
    status = 409
    usual_remedy = ""
    """What helps against most errors of a class, where an error names nothing better."""
    texts: Mapping[str, object] | None = None
    """The message in every language, where it does not come from the catalogue (the law's)."""

    def __init__(
        self, message: str, *, field: str | None = None, remedy: str = "", **params: object
    ) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.field = field
        self.remedy = remedy or self.usual_remedy
        self.params = params

    @property
    def field_problems(self) -> Sequence[FieldProblem]:
        """The fields to mend; empty where the refusal is not about a field."""
        if self.field is None:
            return ()
        return (FieldProblem(field=self.field, message=self.message, remedy=self.remedy),)


class InvalidInput(DomainError):
    """The request is well-formed but a value is not acceptable."""

    code = "invalid-input"
    status = 422
    usual_remedy = gettext_noop("Correct this field and send the request again.")


class NotFound(DomainError):
    """Nothing of that id exists for this authority; the same answer if another has it."""

    code = "not-found"
    status = 404
    usual_remedy = gettext_noop("Check the address or the reference.")


class NotSignedIn(DomainError):
    """No token, or one that cannot be trusted (RFC 6750)."""

    code = "not-signed-in"
    status = 401
    usual_remedy = gettext_noop("Sign in again.")


class NotAllowed(DomainError):
    """The person is known but none of their roles may do this."""

    code = "not-allowed"
    status = 403
    usual_remedy = gettext_noop("Sign in with an account that has one of the roles named here.")


class IllegalMove(DomainError):
    """The workflow table has no such step from the present state."""

    code = "illegal-step"
    usual_remedy = gettext_noop("Read it again and choose one of the steps that are possible now.")


class GuardRefused(DomainError):
    """The step exists but a rule refuses it now."""

    code = "rule-refused"
    usual_remedy = gettext_noop("Do first what the rule asks for, then repeat this step.")


class AlreadyThere(DomainError):
    """What is to be made exists: somebody made it at the same moment."""

    code = "already-there"
    usual_remedy = gettext_noop("Read it again, then repeat.")


class StaleEdit(DomainError):
    """The row changed since it was read (RFC 9110, If-Match)."""

    code = "stale-edit"
    status = 412
    usual_remedy = gettext_noop("Read it again, then repeat.")


class PreconditionMissing(DomainError):
    """The request needs an If-Match or Idempotency-Key header (RFC 6585, 428)."""

    code = "precondition-required"
    status = 428


class TryLater(DomainError):
    """What is asked for is not known here yet; the same request will succeed a little later."""

    code = "try-later"
    status = 503
    retry_after = 1
    usual_remedy = gettext_noop("Send the same request again in a moment.")


class NotYet(TryLater):
    """The act is early: what it needs is on its way (409 with Retry-After)."""

    code = "not-yet"
    status = 409
