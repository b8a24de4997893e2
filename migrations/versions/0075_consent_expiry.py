"""Consent that ends: its legal ground, until when it holds, and how long consent to a topic lasts."""

from alembic import op

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

REACHABLE = """
create or replace view reachable_people as
select c.workspace_id, c.person_id, c.channel, c.topic_id, a.address
from consents c
join addresses a on a.person_id = c.person_id and a.channel = c.channel
where c.state = 'granted'{guard}
  and not exists (
      select from suppressions s
      where s.workspace_id = c.workspace_id and s.channel = c.channel and s.address = a.address
  )
"""


def upgrade() -> None:
    op.execute("alter table topics add column lasts_months smallint")
    for table in ("consents", "consent_proofs"):
        op.execute(f"alter table {table} add column basis varchar(32) not null default 'consent'")
        op.execute(f"alter table {table} add column expires_at timestamptz")
        op.execute(f"comment on column {table}.basis is 'the legal ground (a LegalBasis)'")
        op.execute(f"comment on column {table}.expires_at is 'until when it holds; null: until it is withdrawn'")
    op.execute("comment on column topics.lasts_months is 'how long consent to it holds; null: until it is withdrawn'")
    op.execute("alter table consents drop constraint ck_consents_state")
    op.execute(
        "alter table consents add constraint ck_consents_state check (state in ('granted', 'withdrawn', 'expired'))"
    )
    op.execute(
        "create index ix_consents_expiring on consents (expires_at) where state = 'granted' and expires_at is not null"
    )
    op.execute(REACHABLE.format(guard=" and (c.expires_at is null or c.expires_at > now())"))


def downgrade() -> None:
    op.execute(REACHABLE.format(guard=""))
    op.execute("drop index ix_consents_expiring")
    op.execute("delete from consents where state = 'expired'")
    op.execute("alter table consents drop constraint ck_consents_state")
    op.execute("alter table consents add constraint ck_consents_state check (state in ('granted', 'withdrawn'))")
    for table in ("consents", "consent_proofs"):
        op.execute(f"alter table {table} drop column basis")
        op.execute(f"alter table {table} drop column expires_at")
    op.execute("alter table topics drop column lasts_months")
