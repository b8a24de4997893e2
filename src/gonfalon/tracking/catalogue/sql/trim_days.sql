-- Deletes days that are no part of any rhythm any more. Writes event_days.
-- all workspaces: sixty days are kept of each.
delete from event_days where day < (now() at time zone 'UTC')::date - 60
