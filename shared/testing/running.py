"""What is remembered of a private server from its start to its end."""

from dataclasses import dataclass

from shared.testing.processes import Process


@dataclass(frozen=True, kw_only=True)
class Running:
    """A started server: where it answers, where its data lies, which processes are ours to end."""

    url: str
    port: int
    folder: str
    processes: tuple[Process, ...]
