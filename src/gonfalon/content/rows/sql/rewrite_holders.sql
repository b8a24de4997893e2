-- Writes a changed row into every mail that holds it, as the mail's next version. Writes template_versions, templates.
-- The templates are locked already. What was found wrong with a mail stays as it was found: a launch looks anew.
with holders as (
    select t.id, t.version, v.subject, v.preheader, v.source, v.text, v.checks
    from templates t
    join template_versions v on v.template_id = t.id and v.number = t.version
    where t.workspace_id = %(workspace_id)s and t.archived_at is null and t.id is distinct from cast(%(beside)s as uuid)
      and strpos(v.source, %(begin)s) > 0
), added as (
    insert into template_versions
        (template_id, number, workspace_id, subject, preheader, source, text, checks, created_by, created_by_id)
    select id, version + 1, %(workspace_id)s, subject, preheader, regexp_replace(source, %(pattern)s, %(written)s, 'g'), text,
           checks, %(by)s, cast(%(by_id)s as uuid)
    from holders
    returning template_id, number
)
update templates t
set version = added.number, updated_at = now()
from added
where t.id = added.template_id and t.workspace_id = %(workspace_id)s
returning t.id
