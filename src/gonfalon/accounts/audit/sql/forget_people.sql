-- Takes people's names and addresses out of the audit trail: who did what and when stays.
-- Writes audit_entries. Runs before the people's rows are emptied. Relies on ix_audit_entries_workspace and reads all
-- entries of the workspace: an address may stand in any of them (a test message, a search that was exported).
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
    select a.id, concat_ws(' ', a.target_name, a.details::text) as said
    from audit_entries a
    where a.workspace_id = %(workspace_id)s
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
named as (
    update audit_entries a
    set target_name = null, details = '{}'
    where a.workspace_id = %(workspace_id)s and a.target_type = 'person' and a.target_id = any (%(person_ids)s::text[])
)
update audit_entries a
set target_name = regexp_replace(a.target_name, h.pattern, '[erased]', 'gi'),
    details = regexp_replace(a.details::text, h.pattern, '[erased]', 'gi')::jsonb
from hits h
where a.id = h.id
    and a.workspace_id = %(workspace_id)s
    and not (a.target_type = 'person' and coalesce(a.target_id, '') = any (%(person_ids)s::text[]))
