import { Button } from "@mantine/core";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { useListState, useParam } from "@/lib/url";
import { Page } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { ApprovalTable } from "./ApprovalTable";
import { useT } from "./useT";
import { kinds, type Row, states } from "./words";

const views = ["waiting", "asked", "all"] as const;

/** What waits for me, what I asked for, and everything. */
export default function ApprovalsPage() {
  const t = useT();
  const [chosen] = useParam("view", "waiting");
  const view = views.find((one) => one === chosen) ?? "waiting";
  const [state, change] = useListState();
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const list = useKeyset<Row>(
    "/approvals",
    { query: { view, q: state.q, state: state.filters.state?.[0], kind: state.filters.kind?.[0] } },
    { every: 10_000 },
  );
  return (
    <Page kind="list">
      <PageHead
        title={t("title")}
        meaning={t("meaning")}
        tabs={views.map((id) => ({ id, label: t(`view.${id}`) }))}
        tabParam="view"
      />
      <TabPanel param="view" open={view}>
        <FilterBar
          lead={t("title")}
          search={t("search")}
          state={state}
          onChange={change}
          filters={[
            {
              id: "state",
              name: t("col.state"),
              single: true,
              options: states.map((value) => ({ value, label: t(`state.${value}`) })),
            },
            {
              id: "kind",
              name: t("kind"),
              single: true,
              options: kinds.map((value) => ({ value, label: t(`kind.${value}`) })),
            },
          ]}
        >
          <SavedViews id="approvals" state={state} onChange={change} />
        </FilterBar>
        <ApprovalTable
          id="approvals"
          list={list}
          empty={
            filtered ? (
              <EmptyState picture="search">{t("empty.none")}</EmptyState>
            ) : (
              <EmptyState
                picture="plan"
                action={
                  view === "all" && (
                    <Button component={A} to="/settings/approvals">
                      {t("empty.rules")}
                    </Button>
                  )
                }
              >
                {t(`empty.${view}`)}
              </EmptyState>
            )
          }
        />
      </TabPanel>
    </Page>
  );
}
