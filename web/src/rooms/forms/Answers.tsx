import { Button } from "@mantine/core";
import { IconCheck, IconDownload, IconX } from "@tabler/icons-react";
import { useMemo } from "react";
import { ApiError } from "@/api/errors";
import { useApi, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { attend, saveFile } from "@/ui/longWork";
import { Facts } from "@/ui/Page";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { sayRefused } from "@/ui/tray";
import { When } from "@/ui/values";
import { allFields, type Field, type Form } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

type Row = Shape<"FormAnswer">;

const states = ["taken", "waiting", "held", "refused", "expired"] as const;
const tones: Record<Row["state"], Tone> = {
  taken: "good",
  waiting: "waiting",
  held: "look",
  refused: "bad",
  expired: "quiet",
};

/** Every answer with what became of it; what is held is decided here. */
export function Answers({ form }: { form: Form }) {
  const t = useT();
  const api = useApi();
  const mayExport = useMay("people.export");
  const [state, change] = useListState();
  const chosen = state.filters.state?.[0];
  const list = useKeyset<Row>("/forms/{form_id}/answers", { path: { form_id: form.id }, query: { state: chosen } });
  const fields = allFields(form.definition).filter(({ kind }) => kind !== "note");
  const columns = useMemo<Column<Row>[]>(
    () => [
      { id: "at", title: t("answer.at"), width: 150, cell: ({ at }) => <When at={at} /> },
      {
        id: "state",
        title: t("list.state"),
        width: 132,
        cell: (row) => (
          <StateBadge plain tone={tones[row.state]}>
            {t(`answer.${row.state}`)}
          </StateBadge>
        ),
      },
      ...fields.slice(0, 5).map<Column<Row>>((field) => ({
        id: field.id,
        title: field.label || field.parameter || field.id,
        hide: "phone",
        cell: (row) => <span title={inWords(field, row.values[field.id])}>{inWords(field, row.values[field.id])}</span>,
      })),
    ],
    [t, fields],
  );
  return (
    <>
      <FilterBar
        lead={t("answers.lead")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("list.filter"),
            single: true,
            options: states.map((value) => ({ value, label: t(`answer.${value}`) })),
          },
        ]}
      />
      <DataTable
        id={`answers-${form.id}`}
        label={t("tab.answers")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={({ id }) => t("answer.name", { number: id })}
        panel={(row) => <Answer form={form} row={row} fields={fields} />}
        count={(shown) => t("answers.shown", { count: shown, more: list.more ? "yes" : "no" })}
        tools={
          mayExport &&
          form.taken > 0 && (
            <Button
              variant="subtle"
              size="xs"
              leftSection={<IconDownload size={14} />}
              onClick={() => {
                const file = api.file("/forms/{form_id}/answers/exports", { path: { form_id: form.id } });
                attend(t("export"), file, () => t("export.done")).then(
                  (made) => saveFile(made, `${form.name}.csv`),
                  (error: unknown) => error instanceof ApiError && sayRefused(error),
                );
              }}
            >
              {t("export")}
            </Button>
          )
        }
        empty={
          <EmptyState picture={chosen ? "search" : "letter"}>
            {t(chosen ? "answers.nothing" : "answers.empty")}
          </EmptyState>
        }
      />
    </>
  );
}

function Answer({ form, row, fields }: { form: Form; row: Row; fields: Field[] }) {
  const t = useT();
  const may = useMay("people.write");
  const take = useSend("post", "/forms/{form_id}/answers/{answer_id}/take");
  const refuse = useSend("post", "/forms/{form_id}/answers/{answer_id}/refuse");
  const path = { form_id: form.id, answer_id: row.id };
  const page = String(row.source.page ?? "");
  return (
    <div className={css.answer}>
      <p className={css.muted}>{t(`answer.${row.state}.note`, { by: row.decided_by || "" })}</p>
      {may && (row.state === "held" || row.state === "refused") && (
        <div className={css.buttons}>
          <Button
            size="xs"
            leftSection={<IconCheck size={14} />}
            loading={take.isPending}
            onClick={() => take.mutate({ path })}
          >
            {t("answer.take")}
          </Button>
          {row.state === "held" && (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconX size={14} />}
              loading={refuse.isPending}
              onClick={() => refuse.mutate({ path })}
            >
              {t("answer.refuse")}
            </Button>
          )}
        </div>
      )}
      <Facts
        items={fields.map((field) => [
          field.label || field.parameter || field.id,
          inWords(field, row.values[field.id]) || "–",
        ])}
      />
      {row.person_id !== null && <A to={`/people/${row.person_id}`}>{t("answer.person")}</A>}
      {page && (
        <p className={css.muted}>
          {t("answer.page")} <span className={css.break}>{page}</span>
        </p>
      )}
    </div>
  );
}

/** An answer as people read it. */
export function inWords(field: Field, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "✓" : "";
  const labels = new Map((field.options ?? []).map((option) => [option.value, option.label]));
  const one = (part: unknown): string =>
    typeof part === "object" && part !== null && "other" in part
      ? String(part.other)
      : (labels.get(String(part)) ?? String(part));
  if (Array.isArray(value)) return value.map(one).join(", ");
  if (field.kind === "matrix")
    return (field.rows ?? [])
      .map((row) => [row.label, (value as Record<string, string>)[row.value]] as const)
      .filter(([, chosen]) => chosen)
      .map(([label, chosen]) => `${label}: ${labels.get(chosen ?? "") ?? chosen}`)
      .join(" · ");
  return one(value);
}
