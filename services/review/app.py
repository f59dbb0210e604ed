"""The web application of review."""

from __future__ import annotations

from flask import Flask

from services.review.calendar.routes import blueprint as calendar
from services.review.cases.bureau_routes import blueprint as bureau
from services.review.cases.routes import blueprint as cases
from services.review.control.follow_up_routes import blueprint as follow_ups
from services.review.control.routes import blueprint as control
from services.review.control.visa_routes import blueprint as visas
from services.review.council.meeting_routes import blueprint as committees
from services.review.council.routes import blueprint as council
from services.review.documents.routes import blueprint as documents
from services.review.documents.tracked_routes import blueprint as letters
from services.review.kinds import KINDS
from services.review.law.routes import blueprint as law
from services.review.sessions.agenda_routes import blueprint as agendas
from services.review.sessions.attachment_routes import blueprint as attachments
from services.review.sessions.notice_routes import blueprint as failed_notices
from services.review.sessions.rectifying_routes import blueprint as corrections
from services.review.sessions.routes import blueprint as sessions
from services.review.sessions.sitting_routes import blueprint as sittings
from shared.app import build_app
from shared.context import ServiceContext


def create_app(context: ServiceContext) -> Flask:
    """Build the application that serves ``/review/v1``."""
    context.prints = True
    council_in_session = (
        sessions,
        sittings,
        agendas,
        attachments,
        failed_notices,
        corrections,
    )
    after_the_vote = (control, visas, follow_ups)
    before = (cases, bureau, council, committees, *council_in_session)
    blueprints = (*before, *after_the_vote, documents, letters, calendar, law)
    return build_app(context, blueprints=blueprints, kinds=KINDS)
