from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import ARRAY, Enum, Integer, LargeBinary, String, Text, create_engine, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from shared.db.columns import (
    UtcInstant,
    internal_text,
    json_column,
    json_type,
    personal_hash,
    personal_text,
    public_text,
    unclassified_columns,
    utc_instant,
)

TOKEN = "p1." + "0" * 32 + "." + "A" * 38


class Base(DeclarativeBase):
    pass


class Note(Base):
    __tablename__ = "note"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str | None] = public_text()
    state: Mapped[str | None] = internal_text(index=True)
    writer: Mapped[str | None] = personal_text(info={"purpose": "contact"})
    writer_hash: Mapped[str | None] = personal_hash()
    extra: Mapped[dict[str, str] | None] = json_column("internal")
    written_at: Mapped[datetime | None] = utc_instant()


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_each_factory_says_who_may_read_the_column():
    classes = {column.name: column.info.get("class") for column in Note.__table__.columns}

    assert classes == {
        "id": None,
        "title": "public",
        "state": "internal",
        "writer": "personal",
        "writer_hash": "personal",
        "extra": "internal",
        "written_at": None,
    }
    assert Note.__table__.c.writer.info["purpose"] == "contact"
    assert unclassified_columns(Base.metadata) == []


def test_every_kind_of_text_without_a_class_is_named():
    class Other(DeclarativeBase):
        pass

    class Loose(Other):
        __tablename__ = "loose"

        id: Mapped[int] = mapped_column(primary_key=True)
        text: Mapped[str] = mapped_column(Text)
        name: Mapped[str] = mapped_column(String(10))
        kind: Mapped[str] = mapped_column(Enum("a", "b"))
        values: Mapped[object] = mapped_column(json_type())
        tags: Mapped[list[str]] = mapped_column(ARRAY(Text))
        wrong: Mapped[str] = mapped_column(Text, info={"class": "secret"})
        numbers: Mapped[list[int]] = mapped_column(ARRAY(Integer))
        body: Mapped[bytes] = mapped_column(LargeBinary)
        at: Mapped[datetime] = mapped_column(UtcInstant)

    named = {f"loose.{name}" for name in ("text", "name", "kind", "values", "tags", "wrong")}
    assert set(unclassified_columns(Other.metadata)) == named


def test_an_instant_comes_back_aware_and_in_utc_from_sqlite(session):
    written = datetime(2026, 2, 15, 1, 30, tzinfo=timezone(timedelta(hours=1)))
    session.add(Note(written_at=written))
    session.flush()

    read = session.scalar(select(Note.written_at))

    assert read == written
    assert read is not None
    assert read.utcoffset() == timedelta(0)


def test_instants_compare_as_instants_in_the_database(session):
    session.add(Note(written_at=datetime(2026, 1, 1, 12, tzinfo=UTC)))
    session.flush()
    same = datetime(2026, 1, 1, 13, tzinfo=timezone(timedelta(hours=1)))

    assert session.scalar(select(Note.id).where(Note.written_at == same)) is not None


def test_a_naive_instant_is_refused(session):
    session.add(Note(written_at=datetime(2026, 1, 1)))  # noqa: DTZ001

    with pytest.raises(StatementError, match="no naive time"):
        session.flush()


def test_an_instant_from_a_connection_in_another_zone_is_brought_to_utc():
    local = datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1)))

    read = UtcInstant().process_result_value(local, postgresql.dialect())

    assert read is not None
    assert read.isoformat() == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize("clear", ["A name", "", "p1.", TOKEN + "="])
def test_a_personal_column_refuses_what_is_not_sealed(session, clear):
    session.add(Note(writer=clear))

    with pytest.raises(StatementError, match="only sealed tokens"):
        session.flush()


def test_a_personal_column_takes_a_token_and_a_search_column_a_hash(session):
    session.add(Note(writer=TOKEN, writer_hash="a" * 64))
    session.flush()

    assert session.execute(select(Note.writer, Note.writer_hash)).one() == (TOKEN, "a" * 64)


def test_a_search_column_refuses_what_is_not_a_hash(session):
    session.add(Note(writer_hash="somebody"))

    with pytest.raises(StatementError, match="only search hashes"):
        session.flush()


def test_json_is_jsonb_on_postgresql_and_comes_back_as_it_was(session):
    session.add(Note(extra={"ar": "نص"}))
    session.flush()
    session.expire_all()

    assert session.scalars(select(Note.extra)).one() == {"ar": "نص"}
    assert json_type().compile(postgresql.dialect()) == "JSONB"


def test_personal_data_have_no_place_in_json():
    with pytest.raises(ValueError, match="sealed one by one"):
        json_column("personal")  # type: ignore[arg-type]
