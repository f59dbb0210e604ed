import hashlib
import io
import threading

import pytest

from shared.files import FileAltered, FileEmpty, FileMissing, FileStore, FileTooLarge
from shared.quota import QuotaExceeded
from shared.sealing import SealedTextDamaged

MASTER = b"m" * 32
PDF = b"%PDF-1.7\nThe text of a petition"


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path, MASTER)


def put(store, content=PDF, *, authority="taroudant", personal=False, owner_key=b""):
    return store.put(
        content,
        authority=authority,
        declared_name="a.pdf",
        personal=personal,
        owner_key=owner_key,
    )


def on_disk(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")


def test_a_file_is_kept_under_its_hash_and_comes_back(store, tmp_path):
    stored = put(store)

    sha256 = hashlib.sha256(PDF).hexdigest()
    assert (stored.sha256, stored.size) == (sha256, len(PDF))
    assert stored.media_type == "application/pdf"
    assert stored.stored_as == f"taroudant/clear/{sha256[:2]}/{sha256}"
    assert store.open(stored.stored_as) == PDF
    assert [path.read_bytes() for path in on_disk(tmp_path)] == [PDF]


def test_a_stream_is_taken_as_well_as_bytes(store):
    assert put(store, io.BytesIO(PDF)) == put(store, PDF)


def test_a_personal_file_can_be_read_neither_by_content_nor_by_name(store, tmp_path):
    stored = put(store, personal=True)

    (path,) = on_disk(tmp_path)
    assert b"petition" not in path.read_bytes()
    assert stored.sha256 not in str(path)
    assert store.open(stored.stored_as) == PDF


def test_a_personal_file_opens_only_with_its_owner_s_key(store):
    stored = put(store, personal=True, owner_key=b"a" * 32)

    assert store.open(stored.stored_as, owner_key=b"a" * 32) == PDF
    for wrong in (b"", b"b" * 32):
        with pytest.raises(SealedTextDamaged):
            store.open(stored.stored_as, owner_key=wrong)


def test_the_same_content_of_two_owners_is_two_files(store, tmp_path):
    one = put(store, personal=True, owner_key=b"a" * 32)
    two = put(store, personal=True, owner_key=b"b" * 32)

    assert one.sha256 == two.sha256
    assert one.stored_as != two.stored_as
    assert len(on_disk(tmp_path)) == 2


def test_the_same_file_twice_is_kept_and_counted_once(store, tmp_path):
    assert put(store) == put(store)

    assert len(on_disk(tmp_path)) == 1
    assert store.used_bytes("taroudant") == len(PDF)


def test_each_authority_has_its_own_folder(store):
    put(store)
    put(store, authority="agadir")

    assert store.used_bytes("taroudant") == store.used_bytes("agadir") == len(PDF)


def test_an_empty_file_is_refused(store):
    with pytest.raises(FileEmpty) as refused:
        put(store, b"")

    assert (refused.value.status, refused.value.field) == (422, "file")


def test_twenty_megabytes_are_taken_and_one_byte_more_is_not(store):
    limit = 20 * 1024 * 1024
    assert put(store, PDF.ljust(limit)).size == limit

    for content in (PDF.ljust(limit + 1), io.BytesIO(PDF.ljust(limit + 1))):
        with pytest.raises(FileTooLarge) as refused:
            put(store, content)
        assert str(refused.value) == "The file is larger than 20 MB."
        assert refused.value.status == 413


def test_a_file_over_the_authority_s_quota_is_refused_and_leaves_nothing(tmp_path):
    store = FileStore(tmp_path, MASTER, quota_bytes=len(PDF) + 5)
    put(store)

    with pytest.raises(QuotaExceeded) as refused:
        put(store, PDF + b"another")

    assert (refused.value.status, refused.value.code) == (507, "quota-exceeded")
    assert len(on_disk(tmp_path)) == 1
    assert store.used_bytes("taroudant") == len(PDF)
    put(store, authority="agadir")


def test_a_text_of_an_act_is_kept_where_no_file_has_room_and_is_counted(tmp_path):
    store = FileStore(tmp_path, MASTER, quota_bytes=len(PDF))
    put(store)

    sha256 = store.put_text("Feuille mal lue.", authority="taroudant")

    kept = store.open_own(sha256, authority="taroudant", personal=True)
    assert kept.decode() == "Feuille mal lue."
    assert store.used_bytes("taroudant") > len(PDF)
    with pytest.raises(QuotaExceeded):
        put(store, PDF + b"another")


def test_a_removed_file_is_gone_and_gives_its_room_back(store, tmp_path):
    stored = put(store)

    assert [store.remove(stored.stored_as) for _ in range(2)] == [True, False]

    assert on_disk(tmp_path) == []
    assert store.used_bytes("taroudant") == 0
    with pytest.raises(FileMissing):
        store.open(stored.stored_as)


def test_a_lost_count_is_made_anew_from_the_files(store, tmp_path):
    put(store)
    (tmp_path / "taroudant" / ".used-bytes").unlink()

    assert store.used_bytes("taroudant") == len(PDF)


@pytest.mark.parametrize(("personal", "error"), [(False, FileAltered), (True, SealedTextDamaged)])
def test_a_file_altered_on_the_disk_is_never_handed_out(store, tmp_path, personal, error):
    stored = put(store, personal=personal)
    (path,) = on_disk(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"!")

    with pytest.raises(error):
        store.open(stored.stored_as)


@pytest.mark.parametrize("place", ["../../etc/passwd", "taroudant/clear/ab/../../x", "", "/etc/x"])
def test_only_places_of_the_store_are_opened(store, place):
    with pytest.raises(ValueError, match="not a place"):
        store.open(place)


@pytest.mark.parametrize("authority", ["", "..", "a/b", "Taroudant"])
def test_a_folder_is_made_only_for_the_code_of_an_authority(store, authority):
    with pytest.raises(ValueError, match=r"not a place|code"):
        put(store, authority=authority)


def test_a_failed_write_leaves_neither_a_file_nor_a_count(store, tmp_path, monkeypatch):
    def no_room(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", no_room)
    with pytest.raises(OSError, match="No space"):
        put(store)
    monkeypatch.undo()

    assert list(tmp_path.rglob(".new-*")) == []
    assert on_disk(tmp_path) == []
    assert store.used_bytes("taroudant") == 0


def test_files_put_at_the_same_time_are_all_counted(store):
    contents = [PDF + bytes([n]) for n in range(12)]
    threads = [threading.Thread(target=put, args=(store, content)) for content in contents]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert store.used_bytes("taroudant") == sum(map(len, contents))


def test_a_document_of_its_own_is_found_again_by_its_hash(store):
    content = "Inversé à la lecture.".encode()
    kept = store.put_own(content, authority="taroudant", media_type="text/plain", personal=True)

    assert store.open_own(kept.sha256, authority="taroudant", personal=True) == content
    with pytest.raises(FileMissing):
        store.open_own("0" * 64, authority="taroudant", personal=True)
