-- People who asked to be erased are not brought back by a file, and nothing of their lines is kept.
-- Writes the stage. Relies on pk_erased_identities; the caller runs it only where somebody was erased.
update import_rows r
set reason = 'erased', field = '', raw = case when raw is not null then '[]' end
where exists (
    select from erased_identities h
    where h.workspace_id = %(workspace_id)s
        and h.hash in (
            sha256(%(erased_key)s::bytea || convert_to('email:' || r.email, 'UTF8')),
            sha256(%(erased_key)s::bytea || convert_to('phone:' || r.phone, 'UTF8')),
            sha256(%(erased_key)s::bytea || convert_to('external:' || r.external_id, 'UTF8'))
        )
)
