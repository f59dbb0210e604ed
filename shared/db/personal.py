"""Personal texts, encrypted under a key for each person and purpose that can be destroyed.

Destroying the key erases every copy of every text sealed under it; only a backup of the key table
itself could bring them back, so such backups are kept shortly. Columns: shared/db/columns.py.
"""

from __future__ import annotations

import unicodedata
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Insert,
    LargeBinary,
    UniqueConstraint,
    Uuid,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, declared_attr, mapped_column

from shared import clock, sealing
from shared.db.columns import internal_text, utc_instant
from shared.db.dialects import insert_of
from shared.errors import DomainError
from shared.ids import new_id
from shared.web.i18n import gettext_noop


class PersonalKeyColumns:
    """The columns of a service's table of keys; mix them into its declarative base."""

    __tablename__ = "personal_key"

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text()
    person_id: Mapped[uuid.UUID] = mapped_column(Uuid)
    purpose: Mapped[str] = internal_text()
    wrapped_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = utc_instant()
    destroyed_at: Mapped[datetime | None] = utc_instant()

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[UniqueConstraint, ...]:
        return (UniqueConstraint("authority", "person_id", "purpose"),)


class PersonalKeyDestroyed(DomainError):
    """The person's data for this purpose was erased; nothing more is kept under it."""

    code = "personal-data-erased"
    status = 410
    usual_remedy = gettext_noop("Ask the secretariat; what was erased is not kept anywhere.")


class PersonalVault:
    """Seals and reveals the personal texts of one authority within one unit of work.

    It remembers unwrapped keys, so it must not outlive its session.
    """

    def __init__(
        self,
        session: Session,
        key_model: type[PersonalKeyColumns],
        *,
        master_key: bytes,
        authority: str,
    ) -> None:
        self._session, self._keys, self._authority = session, key_model, authority
        self._wrapping_key = sealing.derive(master_key, "wrap", authority)
        self._master_key = master_key
        self._known: dict[uuid.UUID, bytes | None] = {}

    def seal(self, person_id: uuid.UUID, purpose: str, text: str) -> str:
        """Return a token that only this person's key for ``purpose`` opens.

        The first use makes the key. Raises PersonalKeyDestroyed after an erasure.
        """
        key_id, key = self._key_for(person_id, purpose)
        return sealing.seal_text(key_id, key, text)

    def reveal(self, token: str) -> str | None:
        """Return the text of a token, or None when its key was destroyed.

        Raises SealedTextDamaged for a token that was altered or belongs to another authority.
        """
        return self.reveal_all([token])[0]

    def reveal_all(self, tokens: Iterable[str | None]) -> list[str | None]:
        """Reveal many tokens, a page of rows say, with one statement for all their keys."""
        wanted = [None if token is None else sealing.parse_token(token) for token in tokens]
        self._learn({sealed.key_id for sealed in wanted if sealed})
        return [
            sealed.opened_with(self._known[sealed.key_id]) if sealed else None for sealed in wanted
        ]

    def file_key(self, person_id: uuid.UUID, purpose: str) -> bytes:
        """Return the owner key under which `FileStore` keeps this person's files.

        Raises PersonalKeyDestroyed after an erasure: the files are then unreadable too.
        """
        return sealing.derive(self._key_for(person_id, purpose)[1], "files")

    def destroy(self, person_id: uuid.UUID, purpose: str) -> bool:
        """Destroy a person's key for ``purpose`` for ever; False when there was none to destroy.

        The caller also empties the person's search hashes: they are not under this key.
        """
        statement = (
            update(self._keys)
            .where(*self._of(person_id, purpose), self._keys.wrapped_key.is_not(None))
            .values(wrapped_key=None, destroyed_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        self._known.clear()
        result = cast("CursorResult[Any]", self._session.execute(statement))
        return result.rowcount > 0

    def search_hash(self, purpose: str, text: str) -> str:
        """Return what a text is found by: equal texts, whatever their case, give equal hashes."""
        key = sealing.derive(self._master_key, "search", self._authority, purpose)
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
        return sealing.keyed_hash(key, plain.strip())

    def _key_for(self, person_id: uuid.UUID, purpose: str) -> tuple[uuid.UUID, bytes]:
        row = self._stored(person_id, purpose)
        if row is None:
            self._session.execute(self._new_key(person_id, purpose))
            # Another transaction may have been first; its key is then the one to use.
            row = self._stored(person_id, purpose)
        if row is None:
            raise RuntimeError("the key of another transaction is not visible in this one")
        key_id, wrapped = row
        self._remember(key_id, wrapped)
        key = self._known[key_id]
        if key is None:
            raise PersonalKeyDestroyed("These personal data have been erased.")
        return key_id, key

    def _stored(self, person_id: uuid.UUID, purpose: str) -> tuple[uuid.UUID, bytes | None] | None:
        query = select(self._keys.id, self._keys.wrapped_key).where(*self._of(person_id, purpose))
        row = self._session.execute(query).one_or_none()
        return None if row is None else (row[0], row[1])

    def _new_key(self, person_id: uuid.UUID, purpose: str) -> Insert:
        key_id = new_id()
        insert = insert_of(is_sqlite=self._session.get_bind().dialect.name == "sqlite")
        statement: Insert = (
            insert(self._keys)
            .values(
                id=key_id,
                authority=self._authority,
                person_id=person_id,
                purpose=purpose,
                wrapped_key=sealing.wrap(self._wrapping_key, key_id),
                created_at=clock.now(),
            )
            .on_conflict_do_nothing(index_elements=["authority", "person_id", "purpose"])
        )
        return statement

    def _of(self, person_id: uuid.UUID, purpose: str) -> tuple[ColumnElement[bool], ...]:
        keys = self._keys
        return (
            keys.authority == self._authority,
            keys.person_id == person_id,
            keys.purpose == purpose,
        )

    def _learn(self, key_ids: set[uuid.UUID]) -> None:
        missing = key_ids - self._known.keys()
        if not missing:
            return
        query = select(self._keys.id, self._keys.wrapped_key).where(
            self._keys.authority == self._authority, self._keys.id.in_(missing)
        )
        for key_id, wrapped in self._session.execute(query):
            self._remember(key_id, wrapped)
        if missing - self._known.keys():
            raise sealing.SealedTextDamaged("a sealed text names a key that is not kept here")

    def _remember(self, key_id: uuid.UUID, wrapped: bytes | None) -> None:
        if key_id not in self._known:
            self._known[key_id] = wrapped and sealing.unwrap(self._wrapping_key, key_id, wrapped)
