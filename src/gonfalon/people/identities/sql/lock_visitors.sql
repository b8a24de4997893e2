-- Waits its turn where visitors become known people: alone when one of these devices may belong to a visitor who does
-- now, else beside all others who only write what devices do. Answers whether it is alone.
-- Takes an advisory lock until the transaction ends. Relies on uq_identities_workspace_id_kind_value.
select case
    when exists (
        select from identities i
        join people v on v.id = i.person_id
        where i.workspace_id = %(workspace_id)s and i.kind = 'anonymous' and i.value = any(%(devices)s::text[])
            and num_nonnulls(v.external_id, v.email, v.phone) = 0
    )
    then pg_advisory_xact_lock(hashtextextended(%(lock)s, 0)) is not null
    else pg_advisory_xact_lock_shared(hashtextextended(%(lock)s, 0)) is null
end
