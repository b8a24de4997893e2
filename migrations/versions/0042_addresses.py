"""One view says which of people's addresses a channel goes to, and who may be reached is said by means of it."""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

ADDRESSES = """
create view addresses as
select p.workspace_id, p.id as person_id, k.channel, a.address
from people p
cross join (values ('email'), ('sms')) as k (channel)
cross join lateral (select case k.channel when 'email' then p.email when 'sms' then p.phone end as address) a
where p.erased_at is null and a.address is not null
"""
REACHABLE = """
create or replace view reachable_people as
select c.workspace_id, c.person_id, c.channel, c.topic_id, a.address
from consents c
join addresses a on a.person_id = c.person_id and a.channel = c.channel
where c.state = 'granted'
  and not exists (
      select from suppressions s
      where s.workspace_id = c.workspace_id and s.channel = c.channel and s.address = a.address
  )
"""
BEFORE = """
create or replace view reachable_people as
select c.workspace_id, c.person_id, c.channel, c.topic_id, a.address
from consents c
join people p on p.id = c.person_id and p.erased_at is null
cross join lateral (select case c.channel when 'email' then p.email when 'sms' then p.phone end as address) a
where c.state = 'granted'
  and a.address is not null
  and not exists (
      select from suppressions s
      where s.workspace_id = c.workspace_id and s.channel = c.channel and s.address = a.address
  )
"""


def upgrade() -> None:
    op.execute(ADDRESSES)
    op.execute(REACHABLE)


def downgrade() -> None:
    op.execute(BEFORE)
    op.execute("drop view addresses")
