"""An archive of a backup is unpacked inside its folder or not at all."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from shared.backup.unpacking import unpack


def archive_of(*members: tarfile.TarInfo) -> tarfile.TarFile:
    """An archive with these members; files hold their own names."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        for member in members:
            content = member.name.encode() if member.isreg() else b""
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    written.seek(0)
    return tarfile.open(fileobj=written)


def file(name: str, mode: int = 0o600) -> tarfile.TarInfo:
    """A file."""
    made = tarfile.TarInfo(name)
    made.mode = mode
    return made


def of_kind(kind: bytes, name: str, target: str = "") -> tarfile.TarInfo:
    """A member that is no file."""
    made = tarfile.TarInfo(name)
    made.type, made.linkname, made.mode = kind, target, 0o700
    return made


def test_files_and_folders_come_out_with_what_they_hold(tmp_path: Path) -> None:
    folder = of_kind(tarfile.DIRTYPE, "files/empty")

    with archive_of(file("files/review/ab"), folder, file("manifest.json", 0o4666)) as archive:
        unpack(archive, tmp_path)

    assert (tmp_path / "files/review/ab").read_text() == "files/review/ab"
    assert (tmp_path / "files/empty").is_dir()
    assert (tmp_path / "files/review/ab").stat().st_mode & 0o7777 == 0o600
    assert (tmp_path / "manifest.json").stat().st_mode & 0o7777 == 0o644


def test_only_the_members_asked_for_come_out(tmp_path: Path) -> None:
    with archive_of(file("a"), file("b")) as archive:
        unpack(archive, tmp_path, [archive.getmember("b")])

    assert [one.name for one in tmp_path.iterdir()] == ["b"]


@pytest.mark.parametrize(
    "member",
    [
        file("../outside"),
        file("/tmp/outside"),  # noqa: S108 - what an attacker may write.
        of_kind(tarfile.SYMTYPE, "link", "/etc"),
        of_kind(tarfile.LNKTYPE, "link", "../outside"),
        of_kind(tarfile.FIFOTYPE, "pipe"),
    ],
    ids=["above", "absolute", "symbolic-link", "hard-link", "pipe"],
)
def test_a_member_that_leads_elsewhere_is_refused_before_anything_is_written(
    member: tarfile.TarInfo, tmp_path: Path
) -> None:
    target = tmp_path / "target"
    target.mkdir()

    with archive_of(file("good"), member) as archive, pytest.raises(tarfile.TarError) as told:
        unpack(archive, target)

    assert member.name in str(told.value)
    assert list(target.iterdir()) == []
    assert [one.name for one in tmp_path.iterdir()] == ["target"]
