-- Takes erased people's addresses out of what members wrote: comments and the lines of notices about them.
-- Writes comments and notices. Runs before the people's rows are emptied, as the audit trail's. Relies on
-- ix_comments_thing and ix_notices_member and reads all of the workspace: an address may stand in any of them.
with known as (
    select lower(w.word) as word
    from people p
    cross join lateral (values (p.email), (p.phone)) as w (word)
    where p.workspace_id = %(workspace_id)s and p.id = any (%(person_ids)s) and w.word <> ''
    union
    select lower(i.value)
    from identities i
    where i.workspace_id = %(workspace_id)s and i.person_id = any (%(person_ids)s) and i.kind in ('email', 'phone')
),
odd as (
    -- The few that look unlike the tokens below.
    select string_agg(regexp_replace(k.word, '([^[:alnum:]])', '\\\1', 'g'), '|') as words
    from known k
    where k.word !~ '^(?:[[:alnum:]._%%+-]+@[[:alnum:].-]+|\+[0-9]+)$'
),
texts as (
    select 'c' || c.id as id, c.body as said from comments c where c.workspace_id = %(workspace_id)s
    union all
    select 'n' || n.id, n.parameters::text from notices n where n.workspace_id = %(workspace_id)s
),
hits as (
    -- What looks like an address or a number in a text is held against all the words at once, and only those found in
    -- it are looked for there, whole: a text with none of them is read once, however many people are erased.
    select
        t.id,
        '(?<![[:alnum:]._%%+-])(?:'
            || concat_ws('|', string_agg(distinct regexp_replace(k.word, '([^[:alnum:]])', '\\\1', 'g'), '|'), o.words)
            || ')(?![[:alnum:]_-])' as pattern
    from texts t
    cross join odd o
    left join lateral regexp_matches(
        lower(t.said), '[[:alnum:]._%%+-]+@[[:alnum:].-]+|\+[0-9]+', 'g'
    ) as found (token) on true
    left join known k on k.word = rtrim(found.token[1], '.-')
    group by t.id, t.said, o.words
    having count(k.word) > 0 or t.said ~* ('(?<![[:alnum:]._%%+-])(?:' || o.words || ')(?![[:alnum:]_-])')
),
said as (
    update comments c
    set body = regexp_replace(c.body, h.pattern, '[erased]', 'gi')
    from hits h
    where c.workspace_id = %(workspace_id)s and h.id = 'c' || c.id
)
update notices n
set parameters = regexp_replace(n.parameters::text, h.pattern, '[erased]', 'gi')::jsonb
from hits h
where n.workspace_id = %(workspace_id)s and h.id = 'n' || n.id
