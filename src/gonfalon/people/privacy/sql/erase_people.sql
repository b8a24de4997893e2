-- Empties people's rows and what hangs on them. A row stays, nameless, so that past numbers stay true; proofs
-- consent stay without their details but the message that led to them (GDPR Art. 7(1), 17(3)(e)). Hashes keep an import from bringing them back.
-- Writes erased_identities, identities, company_members, consents, consent_proofs, people. Relies on their person_id indexes.
with remembered as (
    insert into erased_identities (workspace_id, hash)
    select %(workspace_id)s, unnest(%(hashes)s::bytea[])
    on conflict do nothing
),
unnamed as (
    delete from identities where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
),
unemployed as (
    delete from company_members where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
),
silent as (
    delete from consents where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
),
proven as (
    update consent_proofs
    set details = case when details ? 'message' then jsonb_build_object('message', details -> 'message') else '{}' end
    where person_id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
)
update people
set email = null, phone = null, external_id = null, attributes = '{}', undeclared = '{}', tags = '{}', tracking_consent = null,
    erased_at = now(), updated_at = now()
where id = any (%(person_ids)s) and workspace_id = %(workspace_id)s
