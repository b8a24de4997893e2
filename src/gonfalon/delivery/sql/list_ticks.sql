-- How far the writes of these leases have come, as this database knows them: the living and the past ones.
-- Reads only. Relies on the primary key of past_leases; living leases are few.
-- all workspaces: a sender serves them all.
select mark, tick from sender_leases where mark = any (%(leases)s::uuid[])
union all
select mark, tick from past_leases where mark = any (%(leases)s::uuid[])
