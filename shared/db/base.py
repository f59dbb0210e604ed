"""The declarative base of a service, and what every subject row carries."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from sqlalchemy import Integer, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from shared.db.columns import internal_text
from shared.db.personal import PersonalKeyColumns
from shared.db.plumbing import Plumbing, plumbing
from shared.ids import new_id


class ServiceBase:
    """Goes before ``DeclarativeBase`` in a service's base; attaches the plumbing tables to it."""

    metadata: ClassVar[MetaData]
    plumbing: ClassVar[Plumbing]
    personal_key: ClassVar[type[PersonalKeyColumns]]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if DeclarativeBase in cls.__bases__:
            cls.plumbing = plumbing(cls.metadata)
            columns = {"__tablename__": "personal_key", "__module__": cls.__module__}
            cls.personal_key = type("PersonalKey", (PersonalKeyColumns, cls), columns)


class Subject:
    """A thing with a life of its own: its state, the number of its last event, its row version.

    ``sequence`` counts events (0: none yet, a private draft); ``version`` counts changes of the
    row and is what ETag and If-Match carry.
    """

    kind: ClassVar[str]
    locked_with: ClassVar[tuple[str, ...]] = ()
    """Few rows of other tables, by relationship, that every act on it reads together with it."""

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    authority: Mapped[str] = internal_text(index=True)
    state: Mapped[str] = internal_text()
    sequence: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]

    @property
    def key(self) -> str:
        """The last part of the subject: the id, or the code of an authority."""
        return str(self.id)

    @property
    def subject(self) -> str:
        """The subject as events name it, ``kind/key``."""
        return f"{self.kind}/{self.key}"
