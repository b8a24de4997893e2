-- Takes away the mark that keeps an erased identity from coming back: its owner is here again of their own will.
-- Writes erased_identities. Relies on pk_erased_identities.
delete from erased_identities where workspace_id = %(workspace_id)s and hash = %(hash)s
