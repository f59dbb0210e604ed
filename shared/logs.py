"""One log line per request or message, on standard error: JSON, or key=value for a terminal.

Event names are snake_case constants. Ids are bound once and then on every line; personal data
are never logged, and a mask stands behind that rule as a safety net (shared/log_mask.py).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.log_mask import mask_personal

# httpx writes whole addresses at INFO, and a query can hold what somebody searched for.
_CHATTY = ("httpx", "httpcore", "amqp", "kombu", "pika", "alembic", "transitions")


def configure_logs(service: str, level: str = "INFO", *, json: bool = True) -> None:
    """Send the lines of structlog and of the standard library through one renderer to stderr."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        _name_service(service),
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*before, structlog.stdlib.add_logger_name],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            *_rendering(json=json),
        ],
    )
    _route_everything_to(formatter, level)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """Return a logger; call it as ``log.info("case_opened", case_id=...)``."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger


def bind_ids(**ids: object) -> None:
    """Put ids (request_id, correlation_id, event_id, traceparent...) on every later line here.

    They stay until `clear_ids`; a thread that serves the next request must clear them first.
    """
    structlog.contextvars.bind_contextvars(**_present(ids))


@contextmanager
def ids_bound(**ids: object) -> Iterator[None]:
    """Put ids on the lines inside the block, then leave things as they were."""
    with structlog.contextvars.bound_contextvars(**_present(ids)):
        yield


def clear_ids() -> None:
    """Forget every bound id of this context."""
    structlog.contextvars.clear_contextvars()


def current_ids() -> dict[str, str]:
    """Return the bound ids of this context."""
    return {key: str(value) for key, value in structlog.contextvars.get_contextvars().items()}


def _present(ids: dict[str, object]) -> dict[str, object]:
    return {key: str(value) for key, value in ids.items() if value is not None}


def _name_service(service: str) -> Processor:
    def name_service(_: WrappedLogger, __: str, line: EventDict) -> EventDict:
        # One process may hold all services; a bound service is nearer than the process's own.
        line.setdefault("service", service)
        return line

    return name_service


def _rendering(*, json: bool) -> list[Processor]:
    renderer: Processor = structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
    if not json:
        # The renderer's own tracebacks would print local variables, which hold personal data.
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    # A traceback becomes text before the mask, which can then reach into it.
    return [structlog.processors.format_exc_info, mask_personal, renderer]


class _StandardError(logging.StreamHandler[TextIO]):
    """Writes to what is standard error at that moment, which may be replaced while running."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def _route_everything_to(formatter: logging.Formatter, level: str) -> None:
    handler = _StandardError()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
