import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { ConfirmDanger, Dialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { Name, When } from "@/ui/values";
import css from "./briefs.module.css";
import { useT } from "./useT";

interface Props {
  campaignId: string;
  mayWrite: boolean;
  onRestore: (number: number) => Promise<void>;
}

/** Versions of the whole brief that somebody kept, and everything that was ever written. */
export function Kept({ campaignId, mayWrite, onRestore }: Props) {
  const t = useT();
  const path = { campaign_id: campaignId };
  const [note, setNote] = useState("");
  const [restoring, setRestoring] = useState<Shape<"BriefVersionOut">>();
  const [history, setHistory] = useState(false);
  const kept = useGet("/campaigns/{campaign_id}/brief/versions", { path });
  const keep = useSend("post", "/campaigns/{campaign_id}/brief/versions", {
    once: true,
    onSuccess: () => setNote(""),
  });
  return (
    <Section title={t("versions")}>
      {mayWrite && (
        <form
          className={css.keep}
          onSubmit={(event) => {
            event.preventDefault();
            keep.mutate({ path, body: { note } });
          }}
        >
          <TextInput
            aria-label={t("version.note")}
            placeholder={t("version.note")}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" loading={keep.isPending}>
            {t("version.keep")}
          </Button>
        </form>
      )}
      <ol className={css.versions}>
        {(kept.data ?? []).map((one) => (
          <li key={one.number}>
            <span>
              {one.note || t("version.number", { number: one.number })}
              <small>
                <Name>{one.by}</Name> · <When at={one.created_at} />
              </small>
            </span>
            {mayWrite && (
              <Button size="xs" variant="subtle" color="gray" onClick={() => setRestoring(one)}>
                {t("version.restore")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      <Button size="xs" variant="subtle" color="gray" onClick={() => setHistory(true)}>
        {t("history")}
      </Button>
      {history && <History campaignId={campaignId} onClose={() => setHistory(false)} />}
      <ConfirmDanger
        opened={restoring !== undefined}
        onClose={() => setRestoring(undefined)}
        title={t("restore.title")}
        loses={[]}
        keeps={[t("restore.keeps")]}
        action={t("restore.action")}
        onConfirm={async () => {
          if (restoring) await onRestore(restoring.number);
          setRestoring(undefined);
        }}
      />
    </Section>
  );
}

function History({ campaignId, onClose }: { campaignId: string; onClose: () => void }) {
  const t = useT();
  const list = useKeyset<Shape<"BriefChange">>(`/campaigns/${campaignId}/brief/changes`, {}, { limit: 30 });
  return (
    <Dialog opened onClose={onClose} title={t("history")} size={640}>
      <ol className={css.history}>
        {list.rows.map((change) => (
          <li key={change.id}>
            <small>
              {t(change.section)} · <Name>{change.by}</Name> · <When at={change.at} />
            </small>
            <p>{change.text || t("history.empty")}</p>
          </li>
        ))}
      </ol>
      {list.state === "ready" && list.rows.length === 0 && <p>{t("history.none")}</p>}
      {list.more && (
        <Button size="xs" variant="subtle" color="gray" onClick={list.loadMore} loading={list.loadingMore}>
          {t("history.more")}
        </Button>
      )}
    </Dialog>
  );
}
