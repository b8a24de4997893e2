import { Button, Switch } from "@mantine/core";
import { useMemo } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { When } from "@/ui/values";
import css from "./Board.module.css";
import { useT } from "./useT";
import { type Row, useStepName } from "./words";

const columns = ["draft", "review", "final", "passed"] as const;
type Column = (typeof columns)[number];

function columnOf({ state, step_kind, last }: Row): Column {
  if (state === "passed") return "passed";
  if (step_kind === "draft") return "draft";
  return last ? "final" : "review";
}

/** Where drafts wait, for whom, and since when; the longest wait first. */
export function Board() {
  const t = useT();
  const format = useFormat();
  const open = useKeyset<Row>("/content-reviews", { query: { state: "open" } }, { limit: 200, every: 20_000 });
  const passed = useKeyset<Row>("/content-reviews", { query: { state: "passed" } }, { limit: 20, every: 60_000 });
  const found = useMemo(() => {
    const all: Record<Column, Row[]> = { draft: [], review: [], final: [], passed: [] };
    for (const row of [...open.rows, ...passed.rows]) all[columnOf(row)].push(row);
    for (const name of ["draft", "review", "final"] as const)
      all[name].sort((one, other) => one.since.localeCompare(other.since));
    return all;
  }, [open.rows, passed.rows]);
  if (open.state === "failed") return <ErrorState error={open.error} onRetry={open.retry} />;
  if (open.state === "loading" || passed.state === "loading") return <SkeletonLines lines={8} />;
  const empty = open.rows.length + passed.rows.length === 0;
  return (
    <>
      <Required />
      {empty ? (
        <EmptyState picture="letter">{t("board.empty")}</EmptyState>
      ) : (
        <div className={css.board}>
          {columns.map((name) => (
            <section key={name} aria-label={t(`column.${name}`)}>
              <h2>
                {t(`column.${name}`)} <span>{format.number(found[name].length)}</span>
              </h2>
              {found[name].length === 0 && <p className={css.none}>{t("board.none")}</p>}
              <ul>
                {found[name].map((row) => (
                  <Card key={row.id} row={row} />
                ))}
              </ul>
              {name === "passed" && passed.more && (
                <Button size="xs" variant="subtle" loading={passed.loadingMore} onClick={passed.loadMore}>
                  {t("board.more")}
                </Button>
              )}
            </section>
          ))}
        </div>
      )}
      {open.more && (
        <Button variant="default" loading={open.loadingMore} onClick={open.loadMore}>
          {t("board.more")}
        </Button>
      )}
    </>
  );
}

function Card({ row }: { row: Row }) {
  const t = useT();
  const format = useFormat();
  const nameOf = useStepName();
  const late = row.state === "open" && row.due_at !== null && row.due_at <= new Date().toISOString();
  return (
    <li className={css.card}>
      <A to={`/content-reviews/${row.id}`}>{row.title}</A>
      {row.state === "passed" ? (
        <span>
          {t("state.passed", { version: row.passed_version ?? 0 })} · <When at={row.since} />
        </span>
      ) : (
        <>
          <span>{nameOf({ kind: row.step_kind, round: row.round, last: row.last })}</span>
          <span>
            {row.mine ? (
              <strong className={css.mine}>{t("card.mine")}</strong>
            ) : (
              t("card.waits", { who: format.list(row.waits_for) })
            )}
            {" · "}
            {t.rich("card.since", { when: <When key="w" at={row.since} /> })}
          </span>
          {row.due_at &&
            (late ? (
              <StateBadge plain tone="bad">
                {t.rich("due.late", { when: <When key="w" at={row.due_at} absolute /> })}
              </StateBadge>
            ) : (
              <span>{t.rich("due", { when: <When key="w" at={row.due_at} absolute /> })}</span>
            ))}
          {row.reopened && (
            <StateBadge plain tone="look">
              {t("state.reopened")}
            </StateBadge>
          )}
        </>
      )}
    </li>
  );
}

/** Whether content needs a review before it is launched: everybody sees it, owners set it. */
function Required() {
  const t = useT();
  const may = useMay("approvals.manage");
  const settings = useGet("/review-settings", {});
  const set = useSend("put", "/review-settings");
  if (!settings.data) return null;
  return (
    <>
      <Switch
        label={t("required")}
        description={t(may ? "required.note" : "required.owners")}
        checked={settings.data.required}
        disabled={!may || set.isPending}
        onChange={(event) => set.mutate({ body: { required: event.currentTarget.checked } })}
      />
      <FormError error={set.error} />
    </>
  );
}
