-- Puts many addresses on the suppression list of a channel; those on it already stay as they are.
-- {addresses} becomes one of our own queries for them, normalised. Writes suppressions.
insert into suppressions (workspace_id, channel, address, address_hash, reason, note)
select distinct
    %(workspace_id)s, %(channel)s, a.address,
    sha256(%(key)s::bytea || convert_to(%(channel)s || ':' || lower(a.address), 'UTF8')), %(reason)s, %(note)s
from ({addresses}) as a (address)
on conflict do nothing
