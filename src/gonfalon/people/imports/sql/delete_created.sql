-- Removes whom an undone import had made and nobody has touched since, with their consent and memberships.
-- Writes people, and by their foreign keys consents, consent_proofs, identities and list_members.
delete from people p
using undo_created u
where p.id = u.id and p.workspace_id = %(workspace_id)s and not u.changed and not u.used
