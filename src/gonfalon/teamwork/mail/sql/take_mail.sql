-- Takes the oldest waiting mail of a workspace: from here on it is never handed over by anybody else.
-- Writes notice_mails. Uses ix_notice_mails_open.
update notice_mails
set state = 'handing_over', handed_at = now(), tries = tries + 1
where id = (
    select id
    from notice_mails
    where workspace_id = %(workspace_id)s and state = 'waiting' and id > %(after)s
    order by id
    limit 1
    for update skip locked
)
returning id, user_id, digest_on, created_at, tries
