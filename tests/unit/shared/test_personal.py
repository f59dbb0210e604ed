import uuid

import pytest
from sqlalchemy import create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Session

from shared.db.columns import unclassified_columns
from shared.db.personal import PersonalKeyColumns, PersonalKeyDestroyed, PersonalVault
from shared.ids import new_id
from shared.sealing import SealedTextDamaged

MASTER = b"m" * 32
PERSON = uuid.UUID(int=7)


class Base(DeclarativeBase):
    pass


class PersonalKey(PersonalKeyColumns, Base):
    pass


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def vault_of(session, authority="taroudant", master_key=MASTER):
    return PersonalVault(session, PersonalKey, master_key=master_key, authority=authority)


@pytest.fixture
def vault(session):
    return vault_of(session)


@pytest.fixture
def statements(session):
    seen = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: seen.append(args[2]))
    return seen


def test_a_sealed_text_is_revealed_and_cannot_be_read_in_the_token(vault):
    token = vault.seal(PERSON, "contact", "نص سري")

    assert token.startswith("p1.")
    assert "سري" not in token
    assert vault.reveal(token) == "نص سري"


def test_the_same_text_gives_another_token_each_time(vault):
    assert vault.seal(PERSON, "contact", "x") != vault.seal(PERSON, "contact", "x")


def test_an_empty_text_is_sealed_like_any_other(vault):
    assert vault.reveal(vault.seal(PERSON, "contact", "")) == ""


def test_one_key_is_made_for_each_person_and_purpose(session, vault):
    other = uuid.UUID(int=8)
    for person, purpose in [
        (PERSON, "contact"),
        (PERSON, "contact"),
        (PERSON, "id"),
        (other, "id"),
    ]:
        vault.seal(person, purpose, "x")

    rows = session.execute(select(PersonalKey.person_id, PersonalKey.purpose)).all()

    assert sorted(rows) == [(PERSON, "contact"), (PERSON, "id"), (other, "id")]


def test_a_later_vault_reveals_what_an_earlier_one_sealed(session, vault):
    token = vault.seal(PERSON, "contact", "text")

    assert vault_of(session).reveal(token) == "text"


def test_after_the_key_is_destroyed_nothing_reveals_the_text(session, vault):
    token = vault.seal(PERSON, "contact", "text")
    kept = vault.seal(PERSON, "identity", "other")

    assert vault.destroy(PERSON, "contact") is True

    assert vault.reveal(token) is None
    assert vault_of(session).reveal(token) is None
    assert vault.reveal(kept) == "other"
    row = session.scalars(select(PersonalKey).where(PersonalKey.purpose == "contact")).one()
    assert row.wrapped_key is None
    assert row.destroyed_at is not None


def test_destroying_twice_or_what_never_was_tells_so(vault):
    vault.seal(PERSON, "contact", "text")

    assert [vault.destroy(PERSON, "contact") for _ in range(2)] == [True, False]
    assert vault.destroy(PERSON, "identity") is False


def test_nothing_more_is_sealed_for_an_erased_person(session, vault):
    vault.seal(PERSON, "contact", "text")
    vault.destroy(PERSON, "contact")

    for later in (vault, vault_of(session)):
        with pytest.raises(PersonalKeyDestroyed):
            later.seal(PERSON, "contact", "again")
        with pytest.raises(PersonalKeyDestroyed):
            later.file_key(PERSON, "contact")


def test_an_altered_token_is_found_out(vault):
    token = vault.seal(PERSON, "contact", "text")
    flipped = token[:-3] + ("AA" if token[-3:-1] != "AA" else "BB") + token[-1]

    for wrong in (flipped, token[:-6], token + "A" * 8, "p1.nothing", ""):
        with pytest.raises(SealedTextDamaged):
            vault.reveal(wrong)


def test_a_token_moved_to_another_key_is_found_out(vault):
    one = vault.seal(PERSON, "contact", "text").split(".")
    two = vault.seal(PERSON, "identity", "text").split(".")

    with pytest.raises(SealedTextDamaged):
        vault.reveal(".".join([one[0], two[1], one[2]]))


def test_another_authority_cannot_reveal_a_token(session, vault):
    token = vault.seal(PERSON, "contact", "text")

    with pytest.raises(SealedTextDamaged):
        vault_of(session, authority="agadir").reveal(token)


def test_another_master_key_opens_nothing(session, vault):
    token = vault.seal(PERSON, "contact", "text")

    with pytest.raises(SealedTextDamaged):
        vault_of(session, master_key=b"n" * 32).reveal(token)


def test_a_page_of_tokens_costs_one_statement(session, vault, statements):
    tokens = [vault.seal(uuid.UUID(int=n), "contact", str(n)) for n in range(100)]
    statements.clear()

    revealed = vault_of(session).reveal_all([None, *tokens])

    assert revealed == [None, *map(str, range(100))]
    assert len(statements) == 1


def test_a_second_transaction_that_makes_the_key_first_wins(session, vault):
    racing = vault_of(session)
    token = racing.seal(PERSON, "contact", "first")

    # What a vault does that saw no key yet.
    session.execute(vault._new_key(PERSON, "contact"))

    assert vault.reveal(token) == "first"
    assert len(session.scalars(select(PersonalKey)).all()) == 1


def test_search_hashes_agree_on_spellings_of_a_text_and_on_nothing_else(session, vault):
    hashed = vault.search_hash("email", "É.X@example.org")

    assert vault.search_hash("email", "  e\u0301.x@EXAMPLE.org ") == hashed
    assert len(hashed) == 64
    others = {
        vault.search_hash("email", "e.x@example.org"),
        vault.search_hash("phone", "É.X@example.org"),
        vault_of(session, authority="agadir").search_hash("email", "É.X@example.org"),
        vault_of(session, master_key=b"n" * 32).search_hash("email", "É.X@example.org"),
    }
    assert hashed not in others
    assert len(others) == 4


def test_the_file_key_stays_the_same_and_is_not_the_key_itself(session, vault):
    assert vault.file_key(PERSON, "files") == vault_of(session).file_key(PERSON, "files")
    assert vault.file_key(PERSON, "files") != vault.file_key(new_id(), "files")


def test_a_master_key_of_another_length_is_refused(session):
    with pytest.raises(ValueError, match="32 bytes"):
        vault_of(session, master_key=b"short")


def test_the_table_of_keys_declares_its_columns_and_its_one_key_each():
    assert unclassified_columns(Base.metadata) == []
    unique = {
        tuple(column.name for column in constraint.columns)
        for constraint in PersonalKey.__table__.constraints  # type: ignore[attr-defined]
    }
    assert ("authority", "person_id", "purpose") in unique
