-- Removes the mails to people from the sandbox. Writes sandbox_mails.
-- Relies on ix_sandbox_mails_workspace: reads all of the workspace's, at most 100,000 without their bodies.
delete from sandbox_mails b
using (
    select p.email as address
    from people p
    where p.id = any (%(person_ids)s) and p.workspace_id = %(workspace_id)s
    union
    select i.value
    from identities i
    where i.person_id = any (%(person_ids)s) and i.workspace_id = %(workspace_id)s and i.kind = 'email'
) known
where b.workspace_id = %(workspace_id)s and lower(b.rcpt_to) = known.address
