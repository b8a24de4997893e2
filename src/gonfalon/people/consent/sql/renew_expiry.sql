-- Lets consent to a topic end as many months after it was given as the topic says now, where it had no end or the one
-- that the topic gave it before. What ended stays ended. Writes consents. Reads all of the topic's consents.
update consents c
set expires_at = c.at + make_interval(months => %(after)s::int)
where c.workspace_id = %(workspace_id)s and c.topic_id = %(topic_id)s and c.state = 'granted'
    and c.expires_at is not distinct from c.at + make_interval(months => %(before)s::int)
