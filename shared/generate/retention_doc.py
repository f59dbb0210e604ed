"""docs/retention.md: how long personal data is kept and on what ground, from the newest table."""

from __future__ import annotations

from shared.generate.text import BY
from shared.law.model import LANGUAGES
from shared.retention.table import Row, newest_table

HOLDS = {
    "names-kept": "their name is kept in a file of the authority",
    "role-held": "they hold a role",
    "petition-collecting": "a petition of theirs collects signatures",
    "case-open": "a case of theirs is open",
}

INTRODUCTION = """# How long personal data is kept

{by} From `shared/retention/{day}.toml`, which holds from that day.

Who asks for an erasure is answered within 10 days (09-08, article 8) with what is erased at once,
what waits and for what, and what stays. Erasing destroys the key of one person and purpose, or of
one file, which also leaves the disk; the ledger stays as it is, since no event ever held the data.

An authority may set other days by a local rule where the table leaves it open, never less than the
law needs. They are those in force on the day on which the case is over, and fixed from then on.

| service | purpose | under a key of | kept while | days after | an authority may set | ground |
|---|---|---|---|---|---|---|
"""

NOWHERE_ELSE = """
## Where else documents lie

What review prints for petitioners (receipts, refusals, extracts) names no petitioner, nor do
notices as they are kept: names and addresses are asked of identity when one is sent. Mails that
no relay takes lie in a folder (`outbox-mail`); those to the person leave it with the account.
Opinions keep the ids of people alone.
"""


def retention_files() -> dict[str, str]:
    """The table as Markdown, each ground in three languages."""
    table = newest_table()
    day = table.valid_from.isoformat()
    text = INTRODUCTION.format(by=BY, day=day)
    text += "".join(_line(row) for row in table.rows)
    text += "\n" + "\n".join(_words(row) for row in table.rows)
    text += NOWHERE_ELSE
    return {"docs/retention.md": text}


def _line(row: Row) -> str:
    while_ = " or ".join(HOLDS[hold] for hold in row.kept_while) or "always: it stays"
    days = "" if row.stays else str(row.days_after)
    ground = row.article or "local default"
    own = f"`{row.open.rule}`: {row.open.least} to {row.open.most}" if row.open else ""
    cells = (row.service, f"`{row.purpose}`", f"the {row.sealed_by}", while_, days, own, ground)
    return f"| {' | '.join(cells)} |\n"


def _words(row: Row) -> str:
    lines = "".join(f"- *{row.what[code]}.* {row.why[code]}\n" for code in LANGUAGES[::-1])
    return f"## {row.service}: `{row.purpose}`\n\n{lines}"
