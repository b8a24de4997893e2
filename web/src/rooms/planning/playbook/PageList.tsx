import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useLanguage } from "@/lib/i18n";
import { A, useGo } from "@/lib/links";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Tag } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { When } from "@/ui/values";
import css from "./playbook.module.css";
import { useT } from "./useT";
import { pageKinds, places } from "./words";

type Row = Shape<"PlaybookPageRow">;

/** Pages by title; with words those whose title has them first. */
export function PageList() {
  const t = useT();
  const go = useGo();
  const may = useMay("campaigns.write");
  const { language } = useLanguage();
  const [state, change] = useListState();
  const tags = useGet("/playbook/tags", {}, { slow: true });
  const list = useKeyset<Row>("/playbook/pages", {
    query: {
      q: state.q,
      kind: state.filters.kind?.[0],
      applies: state.filters.applies?.[0],
      tag: state.filters.tag?.[0],
    },
  });
  const create = useSend("post", "/playbook/pages", {
    once: true,
    onSuccess: ({ id }) => go(`/playbook/pages/${id}?edit=1`),
  });
  const starters = useSend("post", "/playbook/starters");
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const columns = useColumns();
  return (
    <>
      <FilterBar
        lead={t("tab.pages")}
        search={t("pages.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "kind",
            name: t("page.kind"),
            single: true,
            options: pageKinds.map((value) => ({ value, label: t(`kind.${value}`) })),
          },
          {
            id: "applies",
            name: t("page.applies"),
            single: true,
            options: places.map((value) => ({ value, label: t(`place.${value}`) })),
          },
          {
            id: "tag",
            name: t("page.tag"),
            single: true,
            options: (tags.data ?? []).map((value) => ({ value, label: value })),
          },
        ]}
      >
        <SavedViews id="playbook-pages" state={state} onChange={change} />
        {may && (
          <Button
            leftSection={<IconPlus size={16} />}
            loading={create.isPending}
            onClick={() => create.mutate({ body: { title: t("page.untitled") } })}
          >
            {t("page.new")}
          </Button>
        )}
      </FilterBar>
      <DataTable
        id="playbook-pages"
        label={t("tab.pages")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        to={({ id }) => `/playbook/pages/${id}`}
        tall
        count={(count) => t("pages.count", { count, more: list.more ? "yes" : "no" })}
        empty={
          filtered ? (
            <EmptyState picture="search">{t("pages.none")}</EmptyState>
          ) : (
            <EmptyState
              picture="plan"
              title={t("pages.empty.title")}
              action={
                may && (
                  <Button loading={starters.isPending} onClick={() => starters.mutate({ body: { language } })}>
                    {t("pages.starters")}
                  </Button>
                )
              }
            >
              {t("pages.empty")}
            </EmptyState>
          )
        }
      />
    </>
  );
}

function useColumns(): Column<Row>[] {
  const t = useT();
  return useMemo(
    () => [
      {
        id: "title",
        title: t("page.title"),
        cell: (row) => (
          <>
            <A to={`/playbook/pages/${row.id}`} className={css.name}>
              {row.title}
            </A>
            <span className={css.sub}>{row.excerpt}</span>
          </>
        ),
      },
      { id: "kind", title: t("page.kind"), width: 150, hide: "phone", cell: (row) => t(`kind.${row.kind}`) },
      {
        id: "applies",
        title: t("page.applies"),
        width: 200,
        hide: "tablet",
        cell: (row) => row.applies.map((place) => t(`place.${place}`)).join(", "),
      },
      {
        id: "tags",
        title: t("page.tags"),
        width: 180,
        hide: "tablet",
        cell: (row) => row.tags.slice(0, 3).map((tag) => <Tag key={tag}>{tag}</Tag>),
      },
      {
        id: "changed",
        title: t("changed"),
        width: 150,
        hide: "phone",
        cell: (row) => (
          <>
            <When at={row.updated_at} />
            <span className={css.sub}>{row.updated_by}</span>
          </>
        ),
      },
    ],
    [t],
  );
}
