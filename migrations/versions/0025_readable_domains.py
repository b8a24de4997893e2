"""Mail domains are kept as people read them: "@xn--mller-kva.example" becomes "@müller.example".

Addresses that somebody else has in the readable spelling stay as they are: whose consent counts is nobody's guess. An
address that is not to be used stays so in both spellings as long as somebody has the old one.

Revision ID: 0025
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import text

from gonfalon.kit.domains import readable_domain

revision = "0025"
down_revision = "0014"
branch_labels = None
depends_on = None

_KEPT_TOO = """
    insert into suppressions (workspace_id, channel, address, address_hash, reason, message_id, note, created_at)
    select s.workspace_id, s.channel, p.email, sha256(s.address_hash || 'punycode'), s.reason, s.message_id, s.note,
        s.created_at
    from suppressions s
    join people p on p.workspace_id = s.workspace_id and p.email like '%@%xn--%' and p.email = :written
    where s.address = :readable
    on conflict do nothing
"""
_PLACES = (("people", "email", ""), ("identities", "value", " and kind = 'email'"), ("suppressions", "address", ""))


def upgrade() -> None:
    connection = op.get_bind()
    for table, column, only in _PLACES:
        found = connection.execute(
            text(f"select id, {column} as address from {table} where {column} like '%@%xn--%'{only}")
        )
        for row in found.all():
            local, _, domain = row.address.rpartition("@")
            readable = f"{local}@{readable_domain(domain)}"
            if readable == row.address:
                continue
            connection.execute(
                text(
                    f"update {table} t set {column} = :readable where t.id = :id and not exists (select from {table} o"
                    f" where o.workspace_id = t.workspace_id and o.{column} = :readable"
                    f"{only.replace('kind', 'o.kind')})"
                ),
                {"readable": readable, "id": row.id},
            )
            if table == "suppressions":
                connection.execute(text(_KEPT_TOO), {"written": row.address, "readable": readable})


def downgrade() -> None:
    """Both spellings mean the same address; nothing to undo."""
