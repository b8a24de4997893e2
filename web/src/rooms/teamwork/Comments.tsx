import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { ErrorState, SkeletonLines } from "@/ui/states";
import css from "./Comments.module.css";
import { Composer } from "./Composer";
import { Remark } from "./Remark";
import shared from "./teamwork.module.css";
import type { Thing } from "./text";
import { useT } from "./useT";

type Thread = Shape<"ThreadOut">;
/** What a comment changes on screen: the threads, what one was told, the activity. */
const LIVE = 20_000;

/** The threads about a thing, the newest first, live. */
export const useThreads = ({ kind, id }: Thing) =>
  useKeyset<Thread>("/things/{kind}/{thing_id}/comments", { path: { kind, thing_id: id } }, { limit: 20, every: LIVE });

interface Props {
  thing: Thing;
  /** Instead of a plain comment: for rooms that keep something beside it. */
  begin?: (body: string) => Promise<unknown>;
  /** What stands above a thread: where it points. */
  above?: (thread: Thread) => ReactNode;
}

/** What people say about a thing: threads of one level, the newest first, live. Who may read the thing may write here. */
export function Comments({ thing, begin, above }: Props) {
  const t = useT();
  const path = { kind: thing.kind, thing_id: thing.id };
  const list = useThreads(thing);
  const add = useSend("post", "/things/{kind}/{thing_id}/comments", { once: true });
  const send = (body: string, parent_id: string | null = null) => add.mutateAsync({ path, body: { body, parent_id } });
  // What was taken back before anybody answered leaves no trace on screen.
  const threads = list.rows.filter(({ removed, replies }) => !removed || replies.length > 0);
  const name = `gonfalon.comment ${thing.kind} ${thing.id}`;
  return (
    <div className={css.comments}>
      <Composer
        key={name}
        keep={name}
        label={t("add.label")}
        placeholder={t("add.hint")}
        action={t("add")}
        send={begin ?? send}
      />
      {list.state === "loading" && <SkeletonLines lines={3} />}
      {list.error && list.state === "failed" && <ErrorState error={list.error} onRetry={list.retry} inline />}
      {list.state === "ready" && threads.length === 0 && <p className={shared.none}>{t("comments.none")}</p>}
      <ol className={shared.threads} aria-label={t("comments")}>
        {threads.map((thread) => (
          <li key={thread.id} id={`thread-${thread.id}`}>
            {above?.(thread)}
            <OneThread thread={thread} keep={`${name} ${thread.id}`} reply={(body) => send(body, thread.id)} />
          </li>
        ))}
      </ol>
      {list.more && (
        <Button size="xs" variant="subtle" loading={list.loadingMore} onClick={list.loadMore}>
          {t("comments.more")}
        </Button>
      )}
    </div>
  );
}

interface ThreadProps {
  thread: Thread;
  keep: string;
  reply: (body: string) => Promise<unknown>;
}

function OneThread({ thread, keep, reply }: ThreadProps) {
  const t = useT();
  const [answering, setAnswering] = useState(() => sessionStorage.getItem(keep) !== null);
  const [open, setOpen] = useState(false);
  const resolve = useSend("put", "/comments/{comment_id}/resolved");
  const settled = thread.resolved_at !== null;
  const mark = (resolved: boolean) => resolve.mutate({ path: { comment_id: thread.id }, body: { resolved } });
  if (settled && !open)
    return (
      <button type="button" className={css.settled} onClick={() => setOpen(true)}>
        <b>{t("thread.settled", { name: thread.resolved_by })}</b>
        <span>{t("thread.replies", { count: thread.replies.length })}</span>
      </button>
    );
  return (
    <article className={css.thread} data-settled={settled || undefined}>
      <Remark
        comment={thread}
        extra={[{ label: settled ? t("thread.reopen") : t("thread.settle"), act: () => mark(!settled) }]}
      />
      <div className={css.replies}>
        {thread.replies.map((one) => (
          <Remark key={one.id} comment={one} />
        ))}
        {answering ? (
          <Composer
            keep={keep}
            focus
            label={t("reply.label", { name: thread.author.name })}
            action={t("reply")}
            onLeave={() => {
              sessionStorage.removeItem(keep);
              setAnswering(false);
            }}
            send={async (body) => {
              await reply(body);
              setAnswering(false);
            }}
          />
        ) : (
          <p className={css.threadFoot}>
            <button type="button" onClick={() => setAnswering(true)}>
              {t("reply")}
            </button>
            <button type="button" onClick={() => mark(!settled)}>
              {settled ? t("thread.reopen") : t("thread.settle")}
            </button>
            {settled && (
              <button type="button" onClick={() => setOpen(false)}>
                {t("thread.fold")}
              </button>
            )}
          </p>
        )}
      </div>
    </article>
  );
}
