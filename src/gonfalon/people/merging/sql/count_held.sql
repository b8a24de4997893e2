-- How many things a room holds of people. {held} becomes the room's query, which binds workspace_id.
select count(*) from ({held}) as h (person_id, ref)
