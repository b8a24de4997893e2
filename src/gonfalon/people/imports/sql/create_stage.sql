-- The rows of one import while it runs: gone with its transaction, so a killed import leaves nothing behind.
-- answer and aside: how strict what the row says about writing to the person is, on the channel of the import's consent
-- and on the other one (0 granted, 1 open, 2 refused, 3 bounced, 4 blocked). reason: why a row is rejected; note: why a
-- cell is left out of one that is taken; field: of which columns. raw: the cells of a row that has either.
-- all workspaces: the stage is a temporary table and holds one import, of one workspace.
create temp table import_rows (
    line bigint not null,
    email text collate "C",
    phone text collate "C",
    external_id text collate "C",
    attributes jsonb,
    tags jsonb,
    company text,
    answer smallint not null,
    aside smallint not null,
    agreed_at timestamptz,
    reason text,
    note text,
    field text,
    raw text
) on commit drop
