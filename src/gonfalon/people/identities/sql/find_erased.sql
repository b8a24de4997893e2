-- Whether somebody with this identity was erased. Relies on pk_erased_identities.
select exists (
    select from erased_identities h where h.workspace_id = %(workspace_id)s and h.hash = %(hash)s
)
