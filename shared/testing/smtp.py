"""A mail relay for tests on loopback: it keeps what it takes, and refuses or breaks as scripted."""

from __future__ import annotations

import socketserver
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import cast

HANG_UP = "hang up"
"""A scripted answer that is none: the connection closes instead."""


class SmtpSink(socketserver.ThreadingTCPServer):
    """Takes mails over SMTP (RFC 5321, as little of it as a sender needs).

    ``script(verb, answer)`` sets what the next such command is answered instead of yes; the verb
    ``.`` stands for the end of a mail's content. ``mails`` holds every mail that came in whole,
    also those refused after it.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.mails: list[Message] = []
        self.recipients: list[str] = []
        self._answers: dict[str, deque[str]] = {}

    @property
    def url(self) -> str:
        """SMTP_URL of this relay."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def script(self, verb: str, *answers: str) -> None:
        """Answer the next commands of this verb so, one after the other."""
        self._answers.setdefault(verb, deque()).extend(answers)

    def answer_to(self, verb: str, usual: str) -> str:
        """The scripted answer whose turn it is, else the usual one."""
        scripted = self._answers.get(verb)
        return scripted.popleft() if scripted else usual


class _Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    @property
    def sink(self) -> SmtpSink:
        """The relay this conversation belongs to."""
        return cast(SmtpSink, self.server)

    def handle(self) -> None:
        """Answer commands until the sender leaves or the script hangs up."""
        if not self._say("CONNECT", "220 sink"):
            return
        while line := self.rfile.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not self._command(verb.upper(), rest):
                return

    def _command(self, verb: str, rest: str) -> bool:
        if verb == "QUIT":
            self._say(verb, "221 bye")
            return False
        if verb == "RCPT":
            self.sink.recipients.append(rest.removeprefix("TO:").split(" ")[0].strip("<>"))
        if verb == "DATA":
            return self._say(verb, "354 go on") and self._content()
        return self._say(verb, "250 ok")

    def _content(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        self.sink.mails.append(message_from_bytes(b"".join(lines)))
        return self._say(".", "250 taken")

    def _say(self, verb: str, usual: str) -> bool:
        answer = self.sink.answer_to(verb, usual)
        if answer == HANG_UP:
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return True


@contextmanager
def smtp_sink() -> Iterator[SmtpSink]:
    """A relay on a free loopback port, for as long as the block lasts."""
    with SmtpSink() as sink:
        thread = threading.Thread(target=sink.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield sink
        finally:
            sink.shutdown()
            thread.join()
