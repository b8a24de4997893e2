-- Marks running dispatches finished that have nothing left in the queue.
-- Writes dispatches. Relies on ix_dispatches_running, ix_send_batches_free and ix_send_batches_lease.
-- all workspaces: a sender serves them all.
update dispatches d
set state = 'finished', state_at = now(), finished_at = now()
where d.state = 'running' and not exists (select from send_batches b where b.dispatch_id = d.id)
