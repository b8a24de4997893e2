-- Every table with an xid column is followed by the analytics copy.
-- An update renews the row's transaction id; a delete leaves a tombstone. So a reader that remembers a
-- snapshot finds exactly what was committed since, late committers included.

create function touch_xid() returns trigger language plpgsql as $$
begin
    new.xid := pg_current_xact_id();
    return new;
end $$;

create function leave_tombstones() returns trigger language plpgsql as $$
begin
    insert into tombstones (table_name, key) select tg_table_name, gone.id from gone;
    return null;
end $$;

do $$
declare
    followed text;
begin
    for followed in
        select c.table_name from information_schema.columns c
        where c.table_schema = current_schema() and c.column_name = 'xid' and c.table_name <> 'tombstones'
    loop
        execute format(
            'create trigger touch_xid before update on %I for each row execute function touch_xid()', followed);
        execute format(
            'create trigger leave_tombstones after delete on %I referencing old table as gone
             for each statement execute function leave_tombstones()', followed);
    end loop;
end $$;
