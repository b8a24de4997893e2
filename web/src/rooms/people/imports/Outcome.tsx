import { Button } from "@mantine/core";
import { IconCheck, IconCircleDashed, IconDownload, IconProgress, IconUsersGroup } from "@tabler/icons-react";
import { useApi, useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Reasons } from "@/ui/Reasons";
import { StateBadge } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import { When } from "@/ui/values";
import { useT } from "../useT";
import { sumUp } from "./look";
import css from "./Outcome.module.css";
import { ScrollBox } from "./ScrollBox";
import { type Import, isReason } from "./types";
import { UndoSection } from "./UndoSection";

export const stateTones = {
  uploaded: "draft",
  running: "busy",
  finished: "good",
  failed: "bad",
  cancelled: "quiet",
} as const;

/** An import that has begun: how far it is, then what it did. */
export function Outcome({ found }: { found: Import }) {
  const t = useT();
  const finished = found.state === "finished";
  return (
    <Page>
      <PageHead
        title={t("import.of", { file: found.file_name })}
        crumbs={[
          { label: t("title"), to: "/people" },
          { label: t("imports.title"), to: "/people/imports" },
        ]}
        meaning={
          <span className={css.meaning}>
            <StateBadge tone={stateTones[found.state]}>{t(`importState.${found.state}`)}</StateBadge>
            <span>{t("import.by", { name: found.created_by })}</span>
            <When at={found.finished_at ?? found.started_at ?? found.created_at} />
          </span>
        }
        action={
          finished && (
            <Button component={A} to="/audiences/new" leftSection={<IconUsersGroup size={16} />}>
              {t("import.buildAudience")}
            </Button>
          )
        }
      />
      {found.state === "running" && <Running found={found} />}
      {finished && <Finished found={found} />}
      {found.state === "failed" && (
        <p className={css.failed}>
          {found.error} {t("import.failed.safe")}
        </p>
      )}
      {found.state === "cancelled" && <p>{t("import.cancelled")}</p>}
      {(found.state === "failed" || found.state === "cancelled") && (
        <p>
          <Button component={A} to="/people/import">
            {t("import.again")}
          </Button>
        </p>
      )}
    </Page>
  );
}

const phases = ["waiting", "reading", "matching", "saving", "consent", "reporting"] as const;

function Running({ found }: { found: Import }) {
  const t = useT();
  const format = useFormat();
  const cancel = useSend("post", "/imports/{import_id}/cancel");
  const { phase = "waiting", bytes = 0, total_bytes: total = 0, rows = 0 } = found.progress;
  const at = phases.indexOf(phase as (typeof phases)[number]);
  const share = total ? Math.min(bytes / total, 1) : 0;
  return (
    <Section title={t("import.running")} note={t("import.running.note")}>
      <progress
        className={css.progress}
        value={phase === "reading" ? share : at > 1 ? 1 : 0}
        max={1}
        aria-label={t("phase.reading")}
      />
      <ol className={css.phases} aria-live="polite">
        {phases.map((one, index) => (
          <li key={one} data-state={index < at ? "past" : index === at ? "now" : "next"}>
            {index < at ? (
              <IconCheck size={16} />
            ) : index === at ? (
              <IconProgress size={16} />
            ) : (
              <IconCircleDashed size={16} />
            )}
            {t(`phase.${one}`)}
            {one === "reading" && index <= at && rows > 0 && (
              <span className="g-num">
                {index === at ? `${format.percent(share, 0)} · ` : ""}
                {t("import.rows", { count: rows })}
              </span>
            )}
          </li>
        ))}
      </ol>
      <FormError error={cancel.error} />
      <div>
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ path: { import_id: found.id } })}
        >
          {t("import.cancel")}
        </Button>
      </div>
    </Section>
  );
}

function Finished({ found }: { found: Import }) {
  const t = useT();
  const format = useFormat();
  const { result } = found;
  const declared = useGet("/attributes", {}).data ?? [];
  const labelOf = (key: string) => declared.find((one) => one.key === key)?.label ?? key;
  const rows = result.rows ?? 0;
  const count = (value: number | undefined) => format.number(value ?? 0);
  return (
    <>
      <p className={css.lead} role="status">
        {sumUp(found, t)}{" "}
        {result.seconds && result.seconds >= 1 ? t("import.took", { time: format.duration(result.seconds) }) : ""}
      </p>
      <NumberRow>
        <NumberTile label={t("result.new")} value={count(result.new)} to="/people?sort=-created" />
        <NumberTile label={t("result.changed")} value={count(result.changed)} />
        <NumberTile label={t("result.unchanged")} value={count(result.unchanged)} />
        <NumberTile label={t("result.rejected")} value={count(result.rejected)} />
        <NumberTile label={t("result.consents")} value={count(result.consents)} />
        {!!result.refusals && <NumberTile label={t("result.refusals")} value={count(result.refusals)} />}
        {!!result.listed && <NumberTile label={t("result.listed")} value={count(result.listed)} />}
        {!!result.joined && <NumberTile label={t("result.joined")} value={count(result.joined)} to="/companies" />}
        {!!result.left_open && <NumberTile label={t("result.leftOpen")} value={count(result.left_open)} />}
        {!!result.suppressed && <NumberTile label={t("result.suppressed")} value={count(result.suppressed)} />}
        {!!result.incomplete && <NumberTile label={t("result.incomplete")} value={count(result.incomplete)} />}
      </NumberRow>
      <Section title={t("result.all")}>
        <Reasons
          total={rows}
          totalLabel={t("result.rows")}
          parts={[
            { id: "new", label: t("result.new"), count: result.new ?? 0, tone: "good" },
            { id: "changed", label: t("result.changed"), count: result.changed ?? 0, tone: "accent" },
            { id: "unchanged", label: t("result.unchanged"), count: result.unchanged ?? 0, tone: "quiet" },
            { id: "skipped", label: t("result.skipped"), count: result.skipped ?? 0, tone: "quiet" },
            { id: "duplicates", label: t("result.duplicates"), count: result.duplicates ?? 0, tone: "look" },
            { id: "rejected", label: t("result.rejected"), count: result.rejected ?? 0, tone: "bad" },
          ]}
        />
      </Section>
      {!!result.new_attributes?.length && (
        <p>
          {t("result.newAttributes", { names: format.list(result.new_attributes.map(labelOf)) })}{" "}
          <A to="/settings/attributes">{t("attributes.title")}</A>
        </p>
      )}
      <UndoSection found={found} />
      {!!((result.rejected ?? 0) + (result.duplicates ?? 0) + (result.incomplete ?? 0)) && <Rejected found={found} />}
    </>
  );
}

/** Why rows were not taken, and the first of them. */
function Rejected({ found }: { found: Import }) {
  const t = useT();
  const format = useFormat();
  const { url } = useApi();
  const rejects = useGet("/imports/{import_id}/rejects", { path: { import_id: found.id }, query: { limit: 20 } });
  const sorted = (counts: Record<string, number> | undefined) =>
    Object.entries(counts ?? {}).sort((a, b) => b[1] - a[1]);
  const reasons = sorted(found.result.rejected_by_reason);
  const notes = sorted(found.result.incomplete_by_reason);
  return (
    <Section
      title={t("rejects.title")}
      note={t("rejects.note")}
      action={
        <Button
          component="a"
          href={url(`/imports/${found.id}/rejects.csv`)}
          variant="default"
          size="xs"
          leftSection={<IconDownload size={14} />}
        >
          {t("rejects.download")}
        </Button>
      }
    >
      <ul className={css.why}>
        {reasons.map(([reason, count]) => (
          <li key={reason}>
            <span className="g-num">{format.number(count)}</span> {isReason(reason) ? t(`reason.${reason}`) : reason}
          </li>
        ))}
        {notes.map(([reason, count]) => (
          <li key={`note ${reason}`}>
            <span className="g-num">{format.number(count)}</span> {t("rejects.leftOut")}{" "}
            {isReason(reason) ? t(`reason.${reason}`) : reason}
          </li>
        ))}
      </ul>
      {!!rejects.data?.items.length && (
        <ScrollBox label={t("rejects.title")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("import.preview.line")}</th>
                <th scope="col">{t("rejects.why")}</th>
                <th scope="col">{t("rejects.cells")}</th>
              </tr>
            </thead>
            <tbody>
              {rejects.data.items.map(({ line, taken, reason, field, cells, sentence }) => (
                <tr key={line}>
                  <td className="g-num">{line}</td>
                  <td>
                    {taken && `${t("rejects.leftOut")} `}
                    {field && <strong>{field}: </strong>}
                    {isReason(reason) ? t(`reason.${reason}`) : sentence}
                  </td>
                  <td>{cells.join(" · ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Section>
  );
}
