-- Who may be reached now, per channel and topic: consent granted, an address known, not suppressed, not erased.
-- Read by audience reach, by the expansion of a touchpoint and by the intent of every message.

create view reachable_people as
select c.workspace_id, c.person_id, c.channel, c.topic_id, a.address
from consents c
join people p on p.id = c.person_id and p.erased_at is null
cross join lateral (select case c.channel when 'email' then p.email when 'sms' then p.phone end as address) a
where c.state = 'granted'
  and a.address is not null
  and not exists (
      select from suppressions s
      where s.workspace_id = c.workspace_id and s.channel = c.channel and s.address = a.address
  );
