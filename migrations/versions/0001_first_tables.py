"""The first tables of every room, the triggers that the analytics copy relies on, and the job queue."""

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager

from gonfalon.entry.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OBJECTS = Path(__file__).resolve().parent.parent / "objects"


def upgrade() -> None:
    connection = op.get_bind()
    metadata.create_all(connection)
    cursor = connection.connection.cursor()
    for script in sorted(OBJECTS.glob("*.sql")):
        cursor.execute(script.read_text(encoding="utf-8"))
    cursor.execute(SchemaManager.get_schema())
