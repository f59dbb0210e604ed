"""put documents taken off aside on the way back.

Tables of before 0022 keep one row for a document of a session and know of none that was taken off.
On the way back such rows wait in a table of their own; on the way forward they come back from it.
"""

import sqlalchemy as sa
from alembic import op

from shared.db.wall import raise_walls

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

ASIDE = "agenda_document_aside"


def upgrade() -> None:
    """Take back what a way back put aside, where its session and item are still there."""
    bind = op.get_bind()
    if not sa.inspect(bind).has_table(ASIDE):
        return
    kept = [column["name"] for column in sa.inspect(bind).get_columns(ASIDE)]
    aside = sa.table(ASIDE, *map(sa.column, kept))
    documents = sa.table("agenda_document", *map(sa.column, kept))
    session, item = (sa.table(name, sa.column("id")) for name in ("session", "item"))
    still_there = sa.select(*aside.c).where(
        aside.c.session_id.in_(sa.select(session.c.id)),
        sa.or_(aside.c.item_id.is_(None), aside.c.item_id.in_(sa.select(item.c.id))),
    )
    op.execute(documents.insert().from_select(kept, still_there))
    op.drop_table(ASIDE)


def downgrade() -> None:
    """Put rows of documents that were taken off aside; without any there is no such table."""
    bind = op.get_bind()
    documents = sa.table("agenda_document", sa.column("taken_off_on"))
    is_off = documents.c.taken_off_on.is_not(None)
    if bind.execute(sa.select(documents.c.taken_off_on).where(is_off)).first() is None:
        return
    op.execute(
        "CREATE TABLE agenda_document_aside AS"
        " SELECT * FROM agenda_document WHERE taken_off_on IS NOT NULL"
    )
    op.execute(documents.delete().where(is_off))
    raise_walls(bind)
