import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { Act } from "@/ui/Act";
import { CopyField } from "@/ui/CopyField";
import { ConfirmDanger, Dialog } from "@/ui/Dialog";
import { Await, FormError } from "@/ui/states";
import css from "./calendar.module.css";
import lists from "./lists.module.css";
import { useT } from "./useT";

type Feed = Shape<"FeedOut">;
type Filters = Shape<"FeedFilters">;

/** Secret addresses with which other calendars show what is on this page. */
export default function Feeds({ filters, onClose }: { filters: Filters; onClose: () => void }) {
  const t = useT();
  const answer = useGet("/calendar/feeds", {}, { fresh: 0 });
  const [name, setName] = useState(t("feed.usual"));
  const [address, setAddress] = useState<string>();
  const make = useSend("post", "/calendar/feeds", { onSuccess: (made) => setAddress(made.address) });
  const narrowed = Object.entries(filters).some(([part, list]) => part !== "kinds" && list?.length);
  return (
    <Dialog opened onClose={onClose} title={t("feeds")} size={560}>
      <div className={css.stack}>
        <p className={css.hint}>{t("feeds.meaning")}</p>
        {address ? (
          <div className={css.stack}>
            <CopyField value={address} label={t("feed.address")} />
            <p className={css.hint}>{t("feed.once")}</p>
          </div>
        ) : (
          <form
            className={css.inline}
            onSubmit={(event) => {
              event.preventDefault();
              make.mutate({ body: { name, filters } });
            }}
          >
            <TextInput
              label={t("feed.name")}
              description={narrowed ? t("feed.filters") : t("feed.everything")}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Act type="submit" loading={make.isPending} disabled={!name.trim()}>
              {t("feed.make")}
            </Act>
          </form>
        )}
        <FormError error={make.error} />
        <Await query={answer} lines={2}>
          {(feeds) =>
            feeds.length > 0 && (
              <ul className={lists.plainList} aria-label={t("feeds")}>
                {feeds.map((feed) => (
                  <Line key={feed.id} feed={feed} />
                ))}
              </ul>
            )
          }
        </Await>
      </div>
    </Dialog>
  );
}

function Line({ feed }: { feed: Feed }) {
  const t = useT();
  const format = useFormat();
  const [sure, setSure] = useState(false);
  const revoke = useSend("delete", "/calendar/feeds/{feed_id}");
  return (
    <li className={lists.feed}>
      <span>
        <b>{feed.name}</b>
        <small>{t("feed.made", { when: format.when(feed.created_at) })}</small>
      </span>
      <Button
        size="xs"
        variant="default"
        aria-label={t("feed.revoke.name", { name: feed.name })}
        onClick={() => setSure(true)}
      >
        {t("feed.revoke")}
      </Button>
      {sure && (
        <ConfirmDanger
          opened
          onClose={() => setSure(false)}
          title={t("feed.revoke.title", { name: feed.name })}
          loses={[t("feed.revoke.loses")]}
          action={t("feed.revoke")}
          onConfirm={() => revoke.mutateAsync({ path: { feed_id: feed.id } })}
        />
      )}
    </li>
  );
}
