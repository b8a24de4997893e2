import { Button } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { ApiError } from "@/api/errors";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import css from "./duplicates.module.css";
import { MergeDialog } from "./MergeDialog";
import { Pair } from "./Pair";

type Duplicate = Shape<"DuplicateOut">;
type Found = Shape<"DuplicatesOut">;
type Kind = Duplicate["kind"];

/** People who may be one, side by side: each pair is merged or kept apart; a sure kind is accepted at once. */
export default function DuplicatesPage() {
  const t = useT();
  const may = useMay("people.write");
  const [kind, setKind] = useState<Kind>();
  const [merging, setMerging] = useState<Duplicate>();
  const [accepting, setAccepting] = useState<Found["kinds"][number]>();
  const [waiting, setWaiting] = useState(false);
  const found = useGet("/duplicates/kinds", {}, { every: waiting ? 1500 : 60_000 }).data;
  const looking = found ? found.asked_at !== null && found.done_at === null : false;
  if (waiting && found && !looking) setWaiting(false);
  const list = useKeyset<Duplicate>("/duplicates", { query: { kind } }, { limit: 20 });
  const { retry } = list;
  const shownAt = useRef(found?.done_at);
  // The job has found others than those on screen.
  useEffect(() => {
    if (shownAt.current !== undefined && found?.done_at && found.done_at !== shownAt.current) retry();
    shownAt.current = found?.done_at;
  }, [found?.done_at, retry]);
  const search = useSend("post", "/duplicates/search", { onSuccess: () => setWaiting(true) });
  const chosen = found?.kinds.find((one) => one.kind === kind);
  const look = may && (
    <Button
      variant={found?.done_at ? "default" : undefined}
      leftSection={<IconSearch size={16} />}
      loading={search.isPending || looking}
      onClick={() => search.mutate({})}
    >
      {t("dup.search")}
    </Button>
  );
  return (
    <Page>
      <PageHead
        title={t("dup.title")}
        crumbs={[{ label: t("title"), to: "/people" }]}
        meaning={t("dup.meaning")}
        action={found?.asked_at && look}
      />
      {found && found.kinds.length > 0 && (
        <Bar found={found} kind={kind} onKind={setKind}>
          {may && chosen?.sure && (
            <Button variant="light" onClick={() => setAccepting(chosen)}>
              {t("dup.accept", { count: chosen.count })}
            </Button>
          )}
        </Bar>
      )}
      {list.state === "loading" && <SkeletonLines lines={8} />}
      {list.state === "failed" && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.state === "ready" && list.rows.length === 0 && found && (
        <EmptyState picture="people" action={!found.asked_at && look}>
          {looking ? t("dup.looking") : found.asked_at ? t("dup.none") : t("dup.never")}
        </EmptyState>
      )}
      <ul className={css.pairs}>
        {list.rows.map((pair) => (
          <Pair key={`${pair.first.id} ${pair.second.id}`} pair={pair} onMerge={() => setMerging(pair)} />
        ))}
      </ul>
      {list.more && (
        <div>
          <Button mt={12} variant="default" loading={list.loadingMore} onClick={list.loadMore}>
            {t("timeline.more")}
          </Button>
        </div>
      )}
      {merging && (
        <MergeDialog kept={merging.first.id} gone={merging.second.id} onClose={() => setMerging(undefined)} />
      )}
      {accepting && <AcceptDialog kind={accepting} onClose={() => setAccepting(undefined)} />}
    </Page>
  );
}

interface BarProps {
  found: Found;
  kind: Kind | undefined;
  onKind: (kind: Kind | undefined) => void;
  children: React.ReactNode;
}

/** Which kinds there are, how many pairs of each, and when they were found. */
function Bar({ found, kind, onKind, children }: BarProps) {
  const t = useT();
  const format = useFormat();
  const every = found.kinds.reduce((sum, one) => sum + one.count, 0);
  const chips = [{ kind: undefined, name: t("dup.all"), count: every }].concat(
    found.kinds.map((one) => ({ ...one, name: t(`dup.kind.${one.kind}`) })) as never,
  );
  return (
    <div className={css.bar}>
      <div className={css.kinds}>
        {chips.map((chip) => (
          <Button
            key={chip.kind ?? "all"}
            size="compact-sm"
            variant={chip.kind === kind ? "light" : "subtle"}
            aria-pressed={chip.kind === kind}
            onClick={() => onKind(chip.kind)}
          >
            {chip.name} · {format.number(chip.count)}
          </Button>
        ))}
      </div>
      {children}
      {found.done_at && <p className={css.muted}>{t("dup.looked", { when: format.dateTime(found.done_at) })}</p>}
    </div>
  );
}

/** Says how many people become part of others before a whole kind is merged. */
function AcceptDialog({ kind, onClose }: { kind: Found["kinds"][number]; onClose: () => void }) {
  const t = useT();
  const [count, setCount] = useState(kind.count);
  const merge = useSend("post", "/duplicates/merge");
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t("dup.accept.title", { kind: t(`dup.kind.${kind.kind}`) })}
      loses={[t("dup.accept.loses", { count })]}
      keeps={[t("dup.accept.keeps"), t("merge.undo.note")]}
      action={t("dup.accept", { count })}
      onConfirm={async () => {
        try {
          const { merged } = await merge.mutateAsync({ body: { kind: kind.kind, confirmed: count } });
          say(t("dup.accept.done", { count: merged }));
        } catch (error) {
          if (error instanceof ApiError && typeof error.more.pairs === "number") setCount(error.more.pairs);
          throw error;
        }
      }}
    />
  );
}
