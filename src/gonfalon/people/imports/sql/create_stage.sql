-- The rows of one import while it runs: gone with its transaction, so a killed import leaves nothing behind.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
create temp table import_rows (
    line bigint not null,
    email text collate "C",
    phone text collate "C",
    external_id text collate "C",
    attributes jsonb,
    consent boolean, -- null: says neither yes nor no
    reason text,
    field text,
    raw text
) on commit drop
