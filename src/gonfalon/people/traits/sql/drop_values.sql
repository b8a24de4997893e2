-- Takes the values of a dismissed trait from everybody.
-- Writes people. Reads the workspace's people. The rows changed are counted.
update people
set undeclared = undeclared - %(key)s::text, updated_at = now()
where workspace_id = %(workspace_id)s and undeclared ? %(key)s::text
