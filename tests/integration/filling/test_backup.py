"""A backup is of one moment; put back whole or for one service, nothing is missing or double."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import inspect, text

from services.audit.compare_log import comparisons
from services.audit.models import Divergence
from shared.backup.making import make_backup
from shared.backup.manifest import NAME, BackupRefused, key_mark, read_manifest
from shared.backup.restoring import opened, put_back
from shared.db.engine import EVERY_AUTHORITY
from shared.keys import derived_key
from shared.parts import WITH_DATABASE
from tests.integration.filling.conftest import MASTER_KEY, Ground
from tests.integration.review.case_support import Desk

pytestmark = pytest.mark.early(40)

IN_FILES = pytest.mark.parametrize("on", ["embedded"], indirect=True)
"""What is refused does not depend on where the databases lie."""


class Town(SimpleNamespace):
    """review at work, and two services that hear of it; the others are there and empty."""

    review: Ground
    grounds: dict[str, Ground]
    desk: Desk
    case: str
    folder: Path

    def rows(self) -> dict[str, Any]:
        return {name: ground.rows() for name, ground in self.grounds.items()}

    def rest(self) -> None:
        """Stop using the databases, as a stopped installation does."""
        for ground in self.grounds.values():
            ground.context.notifier.close()
            ground.context.database.close()

    def lose(self) -> None:
        for ground in self.grounds.values():
            ground.lose()
        self.review.lose_bus()
        self.rest()

    def back_up(self, name: str = "backup") -> Path:
        target = self.folder / name
        make_backup(self.review.platform, target)
        return target

    def put_back(self, source: Path, *services: str, force: bool = False) -> None:
        self.rest()
        with opened(source) as folder:
            put_back(self.review.platform, folder, services or WITH_DATABASE, force=force)


@pytest.fixture
def town(
    ground_of: Any, harness_on: Any, on: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Town:
    review = ground_of("review")
    desk = Desk(review.harness)
    case = desk.referred()
    review.relay()
    notifications = ground_of("notifications")
    notifications.relay()
    grounds = {"review": review, "notifications": notifications, "audit": ground_of("audit")}
    kind = "sqlite" if on == "embedded" else "postgresql"
    urls = {name: ground.context.database.url for name, ground in grounds.items()}
    for name in set(WITH_DATABASE) - set(grounds):
        empty = harness_on(name, kind)
        empty._empty()
        urls[name] = empty.context.database.url
        empty.context.database.close()
    platform = review.platform
    monkeypatch.setenv("DATA_DIR", str(platform.data_dir))
    monkeypatch.setenv("BROKER_URL", platform.broker_url)
    monkeypatch.setenv("BROKER_PREFIX", platform.broker_prefix)
    monkeypatch.setenv("MASTER_KEY", MASTER_KEY)
    for name, url in urls.items():
        monkeypatch.setenv(f"{name.upper()}_DATABASE_URL", url)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return Town(review=review, grounds=grounds, desk=desk, case=case, folder=folder)


def test_everything_comes_back_after_everything_was_lost(town: Town) -> None:
    before, log = town.rows(), [one.id for one in town.review.log()]
    backup = town.back_up()

    town.lose()
    town.put_back(backup, force=True)
    filled = [ground.fill() for ground in town.grounds.values()]

    assert town.rows() == before
    assert [one.id for one in town.review.log()] == log
    assert [(one.applied, one.taken_back) for one in filled] == [(0, 0)] * 3
    [ledger] = comparisons(town.grounds["audit"].context)
    assert (ledger.equal, ledger.first_difference) == (len(log), None)


def test_a_service_restored_alone_reads_its_own_later_events_and_goes_on(town: Town) -> None:
    backup = town.back_up()
    town.desk.documents_added()
    town.desk.withdrawal_asked()
    town.desk.filed("second")
    town.review.relay()
    before = town.review.rows()

    town.review.lose()
    _migrate_further(town.review)
    town.put_back(backup, "review")
    assert "of_a_later_release" not in _tables(town.review)
    filled = town.review.fill()

    assert filled.is_whole
    assert filled.applied == 3
    after = town.review.rows()
    for rows in (before, after):
        for one in rows["handed_in"]:
            del one["id"]
    assert after == before
    assert town.review.harness.emitted() == []
    town.desk.withdrawal_asked("second")
    [told] = town.review.harness.emitted()
    assert told.sequence == 1 + max(_sequences(before, told.subject))
    town.review.relay()
    town.grounds["audit"].fill()
    assert town.grounds["audit"].harness.rows(Divergence) == []
    assert _sequences(town.review.rows(), told.subject) == list(range(1, told.sequence + 1))


def _migrate_further(ground: Ground) -> None:
    """What a later release's migration would leave in the database."""
    with ground.context.database.write(EVERY_AUTHORITY) as (session, _):
        session.execute(text("CREATE TABLE of_a_later_release (id integer)"))
    assert "of_a_later_release" in _tables(ground)


def _tables(ground: Ground) -> list[str]:
    return inspect(ground.context.database.engine).get_table_names()


def _sequences(rows: dict[str, Any], subject: str) -> list[int]:
    return sorted(one["sequence"] for one in rows["history"] if one["subject"] == subject)


@IN_FILES
def test_what_is_there_is_replaced_only_on_demand(town: Town) -> None:
    backup, before = town.back_up(), town.rows()

    with pytest.raises(BackupRefused, match=r"not empty: .*review.*--force"):
        town.put_back(backup)
    with pytest.raises(BackupRefused, match="not empty: review"):
        town.put_back(backup, "review")

    assert town.rows() == before
    town.put_back(backup, "review", force=True)
    assert town.rows() == before


def test_a_backup_in_one_file_is_the_same(town: Town) -> None:
    before = town.rows()

    packed = town.back_up("backup.tar")
    town.lose()
    town.put_back(packed, force=True)

    assert tarfile.is_tarfile(packed)
    assert packed.stat().st_mode & 0o077 == 0
    assert town.rows() == before


@IN_FILES
def test_a_target_that_exists_is_not_written_over(town: Town) -> None:
    backup = town.back_up()

    with pytest.raises(BackupRefused, match="exists already"):
        make_backup(town.review.platform, backup)


@IN_FILES
def test_an_altered_part_is_named_and_nothing_is_changed(town: Town) -> None:
    backup, before = town.back_up(), town.rows()
    part = next((backup / "databases").glob("audit.*"))
    part.write_bytes(part.read_bytes()[:-1] + b"?")

    with pytest.raises(BackupRefused, match=r"not as the manifest says: databases/audit"):
        town.put_back(backup, force=True)

    assert town.rows() == before


@IN_FILES
@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "format 1, not 2"),
        ({"kind": "another"}, "of kind another"),
        ({"key": "0" * 64}, "another MASTER_KEY"),
        ({"schemas": {"review": "9999"}}, "newer program"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(
    town: Town, change: dict[str, Any], said: str
) -> None:
    backup, before = town.back_up(), town.rows()
    manifest = json.loads((backup / NAME).read_text())
    (backup / NAME).write_text(json.dumps(manifest | change))

    with pytest.raises(BackupRefused, match=said):
        town.put_back(backup, "review", force=True)

    assert town.rows() == before


def test_a_folder_without_a_manifest_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="no whole backup"):
        read_manifest(tmp_path)


def test_the_mark_of_a_key_is_not_the_key() -> None:
    key = b"0" * 32

    assert key_mark(key) not in {key.hex(), derived_key(key, "backup-mark").hex()}
    assert key_mark(key) != key_mark(b"1" * 32)
