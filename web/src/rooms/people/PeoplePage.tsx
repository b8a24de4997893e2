import { Button } from "@mantine/core";
import {
  IconDownload,
  IconEraser,
  IconFileImport,
  IconHistory,
  IconListDetails,
  IconPencil,
  IconShieldCheck,
  IconTag,
  IconUserPlus,
  IconUsersGroup,
  IconUsersMinus,
} from "@tabler/icons-react";
import { lazy, Suspense, useMemo, useState } from "react";
import type { Reply } from "@/api/client";
import { useGet, useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useListState } from "@/lib/url";
import { useMay, useWorkspaceSettings } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Tag } from "@/ui/StateBadge";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { type Column, DataTable, type Selection } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { When } from "@/ui/values";
import { choiceOf, useExport } from "./choice";
import type { Attribute } from "./imports/types";
import { filtersOf, ruleOf, wishesOf } from "./list";
import css from "./people.module.css";
import { useT } from "./useT";
import { AttributeValue, personName } from "./values";

type Person = Reply<"get", "/people">["items"][number];

/** The panel and the dialogs of the bulk bar come when they are first opened. */
const PersonPanel = lazy(() => import("./person/PersonPanel").then(({ PersonPanel }) => ({ default: PersonPanel })));
const TagDialog = lazy(() => import("./bulk").then(({ TagDialog }) => ({ default: TagDialog })));
const AddPerson = lazy(() => import("./AddPerson").then(({ AddPerson }) => ({ default: AddPerson })));
const ValueDialog = lazy(() => import("./bulk").then(({ ValueDialog }) => ({ default: ValueDialog })));
const ConsentDialog = lazy(() => import("./bulk").then(({ ConsentDialog }) => ({ default: ConsentDialog })));
const EraseManyDialog = lazy(() => import("./bulk").then(({ EraseManyDialog }) => ({ default: EraseManyDialog })));
const ListDialog = lazy(() => import("./bulk").then(({ ListDialog }) => ({ default: ListDialog })));

/** Everybody we can reach: searched, filtered, sorted, chosen, exported. */
export default function PeoplePage() {
  const t = useT();
  const format = useFormat();
  const { currency } = useWorkspaceSettings();
  const mayWrite = useMay("people.write");
  const mayImport = useMay("people.import");
  const mayExport = useMay("people.export");
  const mayAudience = useMay("audiences.write");
  const [state, change] = useListState();
  const attributes = (useGet("/attributes", {}, { slow: true }).data ?? []) as Attribute[];
  const tags = useGet("/tags", {}, { slow: true }).data ?? [];
  const topics = useGet("/topics", { query: {} }, { slow: true }).data ?? [];
  const wishes = wishesOf(state.filters, attributes, currency);
  // Filters on attributes can't be read before the attributes are here.
  const waiting = attributes.length === 0 && Object.keys(state.filters).some((id) => id.includes("."));
  const question = { search: state.q, filter: wishes.map(({ filter }) => filter) };
  const sort = state.sort ?? { by: "created", down: true };
  const pages = useKeyset<Person>(
    "/people",
    { query: { ...question, sort: `${sort.down ? "-" : ""}${sort.by}` } },
    { enabled: !waiting },
  );
  const matching = useGet("/people/count", { query: question }, { enabled: !waiting }).data;
  const total = useGet("/people/count", { query: {} }).data;
  const list = { ...pages, matching: matching?.count, total: total?.count };
  const filtered = state.q !== "" || wishes.length > 0;
  const [dialog, setDialog] = useState<{
    kind: "tag" | "list" | "value" | "consent" | "erase";
    selection: Selection;
  }>();
  const [adding, setAdding] = useState(false);

  const told = useTold(pages.rows, attributes);
  const columns = useMemo<Column<Person>[]>(
    () => [
      {
        id: "person",
        title: t("list.person"),
        width: 200,
        cell: (one) => (
          <A to={`/people/${one.id}`} className={css.name}>
            {one.erased_at ? t("person.erased") : personName(one)}
          </A>
        ),
      },
      {
        id: "email",
        title: t("target.email"),
        sort: "email",
        width: 220,
        hide: "phone",
        cell: ({ email }) => email ?? "",
      },
      { id: "phone", title: t("target.phone"), optional: true, width: 150, cell: ({ phone }) => phone ?? "" },
      {
        id: "external_id",
        title: t("target.external_id"),
        sort: "external_id",
        width: 112,
        hide: "phone",
        cell: (one) => one.external_id ?? "",
      },
      ...attributes.map(
        ({ key, label, type }): Column<Person> => ({
          id: `attribute ${key}`,
          title: label,
          optional: !told.includes(key),
          width: label.length > 18 ? 176 : 136,
          hide: told.indexOf(key) > 1 ? "tablet" : "phone",
          align: type === "number" || type === "money" ? "end" : undefined,
          cell: (one) => <AttributeValue type={type} value={one.attributes[key]} />,
        }),
      ),
      {
        id: "tags",
        title: t("person.tags"),
        hide: "tablet",
        width: 160,
        cell: (one) => (
          <span className={css.tags}>
            {one.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        ),
      },
      {
        id: "created",
        title: t("list.since"),
        sort: "created",
        width: 152,
        hide: "tablet",
        cell: (one) => <When at={one.created_at} />,
      },
      {
        id: "updated",
        title: t("list.changed"),
        sort: "updated",
        width: 152,
        optional: true,
        hide: "tablet",
        cell: (one) => <When at={one.updated_at} />,
      },
    ],
    [t, attributes, told],
  );

  const count = (shown: number) => {
    if (!matching) return t("list.shown", { count: shown });
    const found = `${format.number(matching.count)}${matching.more ? "+" : ""}`;
    return filtered && total
      ? t("list.of", { found, total: format.number(total.count), count: total.count })
      : t("list.all", { found, count: matching.count });
  };
  const importButton = mayImport && (
    <Button component={A} to="/people/import" leftSection={<IconFileImport size={16} />}>
      {t("import.action")}
    </Button>
  );
  const takeOut = useExport();
  const asRule = state.q === "" ? ruleOf(wishes) : undefined;
  return (
    <Page kind="list">
      <PageHead
        title={t("title")}
        meaning={t("list.meaning")}
        action={(list.rows.length > 0 || filtered) && importButton}
        menu={[
          ...(mayWrite ? [{ label: t("add.title"), icon: IconUserPlus, act: () => setAdding(true) }] : []),
          ...(mayExport
            ? [{ label: t("list.exportAll"), icon: IconDownload, act: () => takeOut({ matching: {} }, total?.count) }]
            : []),
          { label: t("standings.title"), icon: IconShieldCheck, to: "/people/consent" },
          { label: t("dup.action"), icon: IconUsersMinus, to: "/people/duplicates" },
          ...(mayImport ? [{ label: t("imports.title"), icon: IconHistory, to: "/people/imports" }] : []),
        ]}
      />
      <FilterBar
        lead={t("title")}
        filters={filtersOf(attributes, tags, topics, t)}
        state={state}
        onChange={change}
        search={t("list.search")}
      >
        <SavedViews id="people" state={state} onChange={change} />
      </FilterBar>
      {pages.error && pages.error.status === 422 ? (
        <ErrorState inline error={pages.error} safe="" onRetry={() => change({ filters: {} })} />
      ) : (
        <DataTable
          id="people"
          label={t("title")}
          columns={columns}
          list={list}
          rowKey={({ id }) => String(id)}
          rowName={personName}
          to={({ id }) => `/people/${id}`}
          panel={({ id }) => (
            <Suspense fallback={<SkeletonLines lines={6} />}>
              <PersonPanel id={id} />
            </Suspense>
          )}
          sort={sort}
          onSort={(next) => change({ sort: next })}
          count={count}
          tools={
            <>
              {mayAudience && wishes.length > 0 && asRule && (
                <Button
                  component={A}
                  size="compact-sm"
                  variant="subtle"
                  leftSection={<IconUsersGroup size={14} />}
                  to={`/audiences/new?rule=${encodeURIComponent(JSON.stringify(asRule))}`}
                >
                  {t("list.asAudience")}
                </Button>
              )}
              {mayExport && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  leftSection={<IconDownload size={14} />}
                  onClick={() => takeOut({ matching: question }, matching?.count)}
                >
                  {t("list.export")}
                </Button>
              )}
            </>
          }
          bulk={(selection) => (
            <>
              {mayWrite && (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconTag size={14} />}
                  onClick={() => setDialog({ kind: "tag", selection })}
                >
                  {t("bulk.tag")}
                </Button>
              )}
              {mayWrite && (
                <>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconPencil size={14} />}
                    onClick={() => setDialog({ kind: "value", selection })}
                  >
                    {t("bulk.value")}
                  </Button>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconShieldCheck size={14} />}
                    onClick={() => setDialog({ kind: "consent", selection })}
                  >
                    {t("bulk.consent")}
                  </Button>
                </>
              )}
              {mayAudience && (
                <Act
                  size="xs"
                  variant="default"
                  leftSection={<IconListDetails size={14} />}
                  disabled={selection.all && !asRule}
                  why={{ sentence: t("bulk.listAll") }}
                  onClick={() => setDialog({ kind: "list", selection })}
                >
                  {t("bulk.list")}
                </Act>
              )}
              {mayExport && (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconDownload size={14} />}
                  onClick={() => takeOut(choiceOf(selection, question), selection.count)}
                >
                  {t("list.export")}
                </Button>
              )}
              {mayWrite && (
                <Button
                  size="xs"
                  variant="default"
                  leftSection={<IconEraser size={14} />}
                  onClick={() => setDialog({ kind: "erase", selection })}
                >
                  {t("bulk.erase")}
                </Button>
              )}
            </>
          )}
          empty={
            filtered ? (
              <EmptyState
                picture="search"
                action={
                  <Button variant="default" onClick={() => change({ q: "", filters: {} })}>
                    {t("list.clear")}
                  </Button>
                }
              >
                {t("list.none")}
              </EmptyState>
            ) : (
              <EmptyState
                picture="people"
                title={t("list.empty.title")}
                action={
                  <>
                    {importButton}
                    {mayWrite && (
                      <Button variant="default" onClick={() => setAdding(true)}>
                        {t("add.title")}
                      </Button>
                    )}
                  </>
                }
              >
                {t("list.empty")}
              </EmptyState>
            )
          }
        />
      )}
      <Suspense fallback={null}>
        {adding && <AddPerson attributes={attributes} onClose={() => setAdding(false)} />}
        {dialog?.kind === "tag" && (
          <TagDialog
            selection={dialog.selection}
            question={question}
            known={tags}
            onClose={() => setDialog(undefined)}
          />
        )}
        {dialog?.kind === "value" && (
          <ValueDialog
            selection={dialog.selection}
            question={question}
            attributes={attributes}
            onClose={() => setDialog(undefined)}
          />
        )}
        {dialog?.kind === "consent" && (
          <ConsentDialog selection={dialog.selection} question={question} onClose={() => setDialog(undefined)} />
        )}
        {dialog?.kind === "erase" && (
          <EraseManyDialog selection={dialog.selection} question={question} onClose={() => setDialog(undefined)} />
        )}
        {dialog?.kind === "list" && (
          <ListDialog selection={dialog.selection} rule={asRule} onClose={() => setDialog(undefined)} />
        )}
      </Suspense>
    </Page>
  );
}

/** Parts of what people are called, which the list says already. */
const NAMES = new Set(["first_name", "last_name", "name", "full_name"]);

/** The attributes shown at first: those that say more about the people on the first page, at most five. */
function useTold(rows: Person[], attributes: Attribute[]): string[] {
  const first = rows.slice(0, 50);
  const more = attributes.filter(({ key }) => !NAMES.has(key));
  const told = more.filter(({ key }) => first.some((one) => one.attributes[key] !== undefined)).slice(0, 5);
  const keys = (told.length ? told : more.slice(0, 3)).map(({ key }) => key).join(" ");
  return useMemo(() => (keys ? keys.split(" ") : []), [keys]);
}
