"""``arida demo``: plays the story and prints its timeline; ends 0 only if all came out right."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from services.story.acts import Act, Story
from services.story.outcome import Finding, findings
from services.story.people import People, StoryFailed, eventually
from services.story.script import acts_of
from services.story.throwaway import throwaway_system
from shared.clock import now
from shared.settings import SERVICES
from shared.terminal import language_of_terminal
from shared.web.dates import utc_text
from shared.web.i18n import gettext as _
from shared.web.i18n import set_language

SCRIPT = Path(__file__).with_name("taroudant.json")


def play(url: str) -> int:
    """Play on a running system, or on a throw-away one when ``url`` is empty.

    Returns 0 when everything came out, 1 when something did not.
    """
    set_language(language_of_terminal())
    console = Console(highlight=False)
    if url:
        return _play_on(url.rstrip("/"), console)
    console.print(_("A throw-away system starts..."), style="dim")
    with throwaway_system() as made:
        return _play_on(made, console)


def play_until(url: str, last: date) -> Story:
    """Play the acts up to a day, and say nothing; raises ``StoryFailed``."""
    facts = json.loads(SCRIPT.read_text())
    people = People(url, facts["authority"])
    try:
        story = Story(facts=facts, people=people, today=_today(people, facts["authority"]))
        for act in acts_of(facts):
            if act.on <= last:
                _play_act(story, act)
        return story
    finally:
        people.close()


def _play_on(url: str, console: Console) -> int:
    facts = json.loads(SCRIPT.read_text())
    people = People(url, facts["authority"])
    try:
        story = Story(facts=facts, people=people, today=_today(people, facts["authority"]))
        done = _play_acts(story, console)
        return _report(findings(story), done, console)
    except StoryFailed as failure:
        console.print(_("The story stops here."), style="bold red")
        console.print(str(failure))
        return 1
    finally:
        people.close()


def _play_acts(story: Story, console: Console) -> int:
    acts = acts_of(story.facts)
    title = _("Taroudant 2023-2024, %(count)s acts", count=len(acts))
    console.print(f"\n[bold]{title}[/bold]\n")
    columns = (TextColumn("[dim]{task.description}"), BarColumn(), MofNCompleteColumn())
    done = 0
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(acts))
        for act in acts:
            progress.update(task, description=f"{act.on:%Y-%m-%d}")
            is_new = _play_act(story, act)
            done += is_new
            progress.console.print(_timeline_line(act, is_new=is_new), no_wrap=True)
            progress.advance(task)
    return done


def _play_act(story: Story, act: Act) -> bool:
    if act.on > story.today:
        _move_business_date(story, act.on)
    return act.run(story)


def _timeline_line(act: Act, *, is_new: bool) -> str:
    recorded = utc_text(now())
    mark = "[green]●[/green]" if is_new else "[dim]○[/dim]"
    note = _("recorded on %(moment)s", moment=recorded) if is_new else _("done before")
    return f"  {mark} [bold]{act.on:%Y-%m-%d}[/bold]  {act.line}\n                [dim]{note}[/dim]"


def _move_business_date(story: Story, to: date) -> None:
    """Move the authority's business date and wait until every service knows it."""
    path = f"/identity/v1/authorities/{story.authority}/business-date"
    body = {"date": to.isoformat()}
    story.people.act(path, body, who="operator", name=f"business-date-{to}")
    for service in SERVICES:
        if service != "portal":
            eventually(lambda name=service: _knows(story, name, to), f"the date in {service}")
    story.today = to
    story.moved.add(to)


def _knows(story: Story, service: str, day: date) -> bool:
    known = story.people.get(f"/{service}/v1/authorities/{story.authority}")
    return bool(known["today"] >= day.isoformat())


def _today(people: People, authority: str) -> date:
    known = people.get(f"/review/v1/authorities/{authority}")
    return date.fromisoformat(known["today"])


def _report(found: list[Finding], done: int, console: Console) -> int:
    table = Table(title=_("What had to come out"), title_justify="left", show_edge=False)
    for heading in ("", _("Wanted"), _("Found")):
        table.add_column(heading)
    for finding in found:
        mark = "[green]✓[/green]" if finding.is_right else "[red]✗[/red]"
        table.add_row(f"{mark} {finding.line}", _shown(finding.wanted), _shown(finding.found))
    console.print(table)
    wrong = [finding for finding in found if not finding.is_right]
    news = (
        _("%(count)s new acts.", count=done) if done else _("All was done before, nothing added.")
    )
    verdict = _("Something is missing.") if wrong else _("All is there.")
    console.print(f"\n[bold {'red' if wrong else 'green'}]{verdict}[/] {news}\n")
    return 1 if wrong else 0


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {item}" for key, item in value.items())
    if isinstance(value, list | set):
        return ", ".join(str(item) for item in value)
    return str(value)
