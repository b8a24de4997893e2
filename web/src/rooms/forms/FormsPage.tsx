import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { useListState, useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge, Tag, type Tone } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Num, Someone, When } from "@/ui/values";
import { NewForm } from "./NewForm";
import { useT } from "./useT";

type Row = Shape<"FormRow">;

const tones: Record<Row["state"], Tone> = { draft: "draft", open: "good", closed: "quiet" };

/** A form's state as a word, said of archived ones too. */
export function FormState({ form, plain }: { form: Pick<Row, "state" | "archived_at">; plain?: boolean }) {
  const t = useT();
  if (form.archived_at)
    return (
      <StateBadge tone="quiet" plain={plain ?? false}>
        {t("state.archived")}
      </StateBadge>
    );
  return (
    <StateBadge tone={tones[form.state]} plain={plain ?? false}>
      {t(`state.${form.state}`)}
    </StateBadge>
  );
}

/** Where one goes on with a form: its questions while it is a draft, what came once it was open. */
const pathOf = (id: string, state: Row["state"]) => `/forms/${id}${state === "draft" ? "" : "?tab=results"}`;

/** Every form, survey and contest, the newest first. */
export default function FormsPage() {
  const t = useT();
  const may = useMay("content.write");
  const [state, change] = useListState();
  const [making, setMaking] = useOpening("new");
  const archived = state.filters.state?.[0] === "archived";
  const list = useKeyset<Row>("/forms", { query: { q: state.q, archived: archived || undefined } });
  const columns = useMemo<Column<Row>[]>(
    () => [
      {
        id: "name",
        title: t("list.name"),
        width: 280,
        cell: ({ id, name, state }) => (
          <A to={pathOf(id, state)} title={name}>
            {name}
          </A>
        ),
      },
      {
        id: "kind",
        title: t("list.kind"),
        width: 112,
        hide: "phone",
        cell: ({ kind }) => <Tag>{t(`kind.${kind}`)}</Tag>,
      },
      { id: "state", title: t("list.state"), width: 132, cell: (form) => <FormState form={form} plain /> },
      { id: "taken", title: t("list.taken"), width: 104, align: "end", cell: ({ taken }) => <Num value={taken} /> },
      {
        id: "open",
        title: t("list.open"),
        width: 200,
        hide: "tablet",
        cell: ({ held, waiting }) =>
          [held && t("list.held", { count: held }), waiting && t("list.waiting", { count: waiting })]
            .filter(Boolean)
            .join(" · "),
      },
      {
        id: "answered",
        title: t("list.answered"),
        width: 160,
        hide: "tablet",
        cell: ({ answered_at }) => <When at={answered_at} why={t("list.answered.never")} />,
      },
      {
        id: "by",
        title: t("list.by"),
        width: 160,
        hide: "tablet",
        cell: ({ updated_by }) => <Someone name={updated_by} />,
      },
    ],
    [t],
  );
  const make = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("new")}
    </Button>
  );
  const filtered = state.q !== "" || archived;
  return (
    <Page kind="list">
      <PageHead title={t("nav")} meaning={t("meaning")} action={make} />
      <FilterBar
        lead={t("list.lead")}
        search={t("list.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("list.filter"),
            single: true,
            options: [{ value: "archived", label: t("state.archived") }],
          },
        ]}
      />
      <DataTable
        id="forms"
        label={t("nav")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        to={({ id, state }) => pathOf(id, state)}
        count={(shown) => t("list.count", { count: shown, more: list.more ? "yes" : "no" })}
        empty={
          <EmptyState picture="letter" action={filtered ? undefined : make}>
            {filtered ? t("list.nothing") : t("list.empty")}
          </EmptyState>
        }
      />
      {making && may && <NewForm onClose={() => setMaking("")} />}
    </Page>
  );
}
