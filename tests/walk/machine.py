"""A random history of a council, as a state machine of hypothesis, whose integers repeat it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlalchemy import func, select

from shared.db.engine import EVERY_AUTHORITY
from shared.testing.harness import Harness, person
from tests.integration.review.case_support import ROLE_OF, Desk
from tests.walk.acts import attempt as attempt_of
from tests.walk.chance import Chance
from tests.walk.rules import violations
from tests.walk.stages import Stage, put_back, rows_of

NAMED = ("case", "session", "item", "decision", "committee", "consultation")
SEEDS = st.integers(min_value=0, max_value=2**32)


class CouncilWalk(RuleBasedStateMachine):
    """People try acts in any order on any day; what must hold is checked at the end."""

    harness: ClassVar[Harness]
    stages: ClassVar[Sequence[Stage]]
    histories: ClassVar[Counter[str]]
    """How many histories were walked, acts done and refused, and events of each type."""

    @initialize(number=st.integers(min_value=0, max_value=59))
    def begin(self, number: int) -> None:
        """Start where a council came so far."""
        stage = self.stages[number % len(self.stages)]
        put_back(self.harness, stage.rows)
        self.desk = Desk(self.harness, sequences=dict(stage.sequences))
        self.today = stage.today
        self.filed = {str(row["id"]) for row in stage.rows["case"]}
        self.desk.today(self.today.isoformat())
        self.before = len(stage.rows["history"])
        self.begun, self.steps = number, 0

    @rule(seed=SEEDS)
    def step(self, seed: int) -> None:
        """Chance decides what happens next; the numbers repeat it."""
        self.steps += 1
        # hypothesis likes to draw a number again: with its place it means another act each time.
        drawn = Random(f"{self.begun} {self.steps} {seed}")
        chance = Chance(drawn, self.today, self._known())
        happens = chance.of(
            *[self._try_act] * 14,
            *[self._pass_days] * 4,
            self._ask_withdrawal,
            self._file_petition,
            self._submit_opinion,
        )
        happens(chance)

    def _try_act(self, chance: Chance) -> None:
        """Somebody tries an act; a refusal says why, and nothing ends in a fault."""
        attempt = attempt_of(chance)
        role = ROLE_OF.get(attempt.who, "secretariat")
        answer = self.harness.request(
            "POST", attempt.address(chance), attempt.fill(chance), role=role, who=attempt.who
        )
        assert answer.status_code < 500, answer.text
        is_done = answer.status_code < 300
        assert is_done or answer.json["detail"], answer.text
        self.histories["done" if is_done else "refused"] += 1

    def _pass_days(self, chance: Chance) -> None:
        """Days pass, often to the next session's, and what is due by itself happens."""
        ahead = self._days_to_session()
        self.today += timedelta(days=chance.of(1, 2, 4, 12, 25, 90, *[ahead] * 5))
        self.desk.today(self.today.isoformat())
        self.desk.fire_timers()

    def _ask_withdrawal(self, chance: Chance) -> None:
        """The petitioners ask to withdraw."""
        self.desk.withdrawal_asked(chance.of("first", "second"), on=self.today)

    def _file_petition(self, chance: Chance) -> None:
        """A petition is filed."""
        name = chance.of("third", "fourth")
        if person(name) not in self.filed:
            self.desk.filed(name, on=self.today)
            self.filed.add(person(name))

    def _submit_opinion(self, chance: Chance) -> None:
        """The body hands in an opinion, asked for or not."""
        consultation = chance.of(chance.some("consultation"), None)
        self.desk.submitted(on=self.today, case=chance.some("case"), consultation=consultation)

    def teardown(self) -> None:
        """Hold the whole council against the rules."""
        if not hasattr(self, "today"):
            return
        rows = rows_of(self.harness)
        self.histories["histories"] += 1
        self.histories.update(row["type"] for row in rows["history"][self.before :])
        broken = violations(rows, filed=self.filed, today=self.today)
        assert broken == [], "\n".join(broken)

    def _days_to_session(self) -> int:
        """How long until the next session that is planned, called or convened; 7 without one."""
        opens_on = self.harness.context.base.metadata.tables["session"].c.opens_on
        with self.harness.context.database.read(EVERY_AUTHORITY) as session:
            found = session.scalar(select(func.min(opens_on)).where(opens_on > self.today))
        return (found - self.today).days if found else 7

    def _known(self) -> dict[str, list[tuple[str, str]]]:
        """The ids and states of the rows that acts may name."""
        tables = self.harness.context.base.metadata.tables
        with self.harness.context.database.read(EVERY_AUTHORITY) as session:
            known = {
                name: [
                    (str(id_), state)
                    for id_, state in session.execute(
                        select(tables[name].c.id, tables[name].c.state)
                    )
                ]
                for name in NAMED
            }
            reports = session.scalars(select(tables["committee_report"].c.id))
            return {**known, "committee_report": [(str(id_), "reported") for id_ in reports]}
