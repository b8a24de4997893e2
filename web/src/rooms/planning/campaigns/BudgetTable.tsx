import { ActionIcon, Button, Select, TextInput, VisuallyHidden } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { keyOf, useApi, useGet } from "@/api/hooks";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { SaveState } from "@/ui/SaveState";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { ConflictNote } from "../ConflictNote";
import { MoneyField, useExactMoney } from "../fields";
import { useT } from "../useT";
import { useVersioned } from "../useVersioned";
import { type Budget, type Campaign, resources } from "../words";
import css from "./BudgetTable.module.css";

type Line = Budget["lines"][number];
const PATH = "/campaigns/{campaign_id}/budget";

/** Shows the budget as the server has just answered it, here and in the lists. */
function usePutBudget(campaignId: string) {
  const { slug } = useWorkspaceSettings();
  const client = useQueryClient();
  return (budget: Budget) => {
    client.setQueryData(keyOf(slug, PATH, { path: { campaign_id: campaignId } }), budget);
    void client.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[1] === slug &&
        ["/campaigns", "/audit", "/campaigns/{campaign_id}", "/campaigns/{campaign_id}/report"].includes(
          String(queryKey[2]),
        ),
    });
    return budget;
  };
}

/** What is planned and spent, line by line; every line is kept as it is typed, and the sums are exact. */
export function BudgetTable({ campaign, mayEdit }: { campaign: Campaign; mayEdit: boolean }) {
  const t = useT();
  const exact = useExactMoney();
  const api = useApi();
  const put = usePutBudget(campaign.id);
  const path = { campaign_id: campaign.id };
  const budget = useGet(PATH, { path });
  const root = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<unknown>();
  const add = async () => {
    try {
      setError(undefined);
      put(
        await api.call("post", PATH, {
          path,
          body: { name: t("budget.newLine"), resource: "media", planned_minor: 0, spent_minor: 0 },
        }),
      );
      requestAnimationFrame(() => {
        const names = root.current?.querySelectorAll<HTMLInputElement>("tbody input[data-name]");
        const last = names?.[names.length - 1];
        last?.focus();
        last?.select();
      });
    } catch (problem) {
      setError(problem);
    }
  };
  const button = mayEdit && (
    <Button size="xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => void add()}>
      {t("budget.add")}
    </Button>
  );
  return (
    <Section title={t("budget")} id="budget" action={budget.data?.lines.length ? button : undefined}>
      <Await query={budget} lines={3}>
        {(data) =>
          data.lines.length === 0 ? (
            <div className={css.empty}>
              <p>{t("budget.empty")}</p>
              {button}
            </div>
          ) : (
            <div className={css.scroll} ref={root}>
              <table className={css.table} aria-label={t("budget")}>
                <thead>
                  <tr>
                    <th scope="col">{t("budget.line")}</th>
                    <th scope="col">{t("budget.resource")}</th>
                    <th scope="col" data-end>
                      {t("budget.planned")}
                    </th>
                    <th scope="col" data-end>
                      {t("budget.spent")}
                    </th>
                    <th scope="col" data-end>
                      {t("budget.left")}
                    </th>
                    {mayEdit && (
                      <th scope="col" className={css.tools}>
                        <VisuallyHidden>{t("budget.remove")}</VisuallyHidden>
                      </th>
                    )}
                  </tr>
                </thead>
                <tbody>
                  {data.lines.map((line) =>
                    mayEdit ? (
                      <EditLine key={line.id} campaignId={campaign.id} line={line} put={put} />
                    ) : (
                      <ReadLine key={line.id} line={line} />
                    ),
                  )}
                </tbody>
                <tfoot>
                  <tr>
                    <th scope="row" colSpan={2}>
                      {t("budget.total")} <span>{t("budget.currency", { currency: data.currency })}</span>
                    </th>
                    <td data-name={t("budget.planned")}>{exact(data.planned_minor)}</td>
                    <td data-name={t("budget.spent")}>{exact(data.spent_minor)}</td>
                    <td data-name={t("budget.left")} data-over={data.spent_minor > data.planned_minor || undefined}>
                      {exact(data.planned_minor - data.spent_minor)}
                    </td>
                    {mayEdit && <td className={css.tools} />}
                  </tr>
                </tfoot>
              </table>
            </div>
          )
        }
      </Await>
      <FormError error={error} />
    </Section>
  );
}

function ReadLine({ line }: { line: Line }) {
  const t = useT();
  const exact = useExactMoney();
  return (
    <tr>
      <td>{line.name}</td>
      <td>{t(`resource.${line.resource}`)}</td>
      <td data-end data-name={t("budget.planned")}>
        {exact(line.planned_minor)}
      </td>
      <td data-end data-name={t("budget.spent")}>
        {exact(line.spent_minor)}
      </td>
      <td data-end data-name={t("budget.left")}>
        {exact(line.planned_minor - line.spent_minor)}
      </td>
    </tr>
  );
}

function EditLine({ campaignId, line, put }: { campaignId: string; line: Line; put: (budget: Budget) => Budget }) {
  const t = useT();
  const exact = useExactMoney();
  const api = useApi();
  const path = { campaign_id: campaignId, line_id: line.id };
  const mine = (budget: Budget) => {
    const found = put(budget).lines.find(({ id }) => id === line.id);
    if (!found) throw new Error(t("budget.gone"));
    return found;
  };
  const thing = useVersioned({
    server: line,
    draftOf: ({ name, resource, planned_minor, spent_minor }: Line) => ({ name, resource, planned_minor, spent_minor }),
    save: async (draft, version) =>
      mine(await api.call("put", `${PATH}/{line_id}`, { path, body: { ...draft, version } })),
    load: async () => mine(await api.call("get", PATH, { path: { campaign_id: campaignId } })),
  });
  const { draft, change, flush } = thing;
  const left = draft.planned_minor - draft.spent_minor;
  const remove = async () => {
    try {
      put(await api.call("delete", `${PATH}/{line_id}`, { path }));
      say(t("budget.removed", { name: draft.name }), {
        action: {
          label: t("undo"),
          act: () => void api.call("post", PATH, { path: { campaign_id: campaignId }, body: draft }).then(put),
        },
      });
    } catch {
      say(t("budget.notRemoved"), { tone: "bad" });
    }
  };
  const wrong = !draft.name.trim();
  return (
    <>
      <tr>
        <td>
          <TextInput
            data-name
            variant="unstyled"
            aria-label={t("budget.line")}
            value={draft.name}
            maxLength={200}
            onBlur={flush}
            error={wrong ? t("budget.nameless") : undefined}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
        </td>
        <td>
          <Select
            variant="unstyled"
            aria-label={t("budget.resource")}
            value={draft.resource}
            allowDeselect={false}
            data={resources.map((value) => ({ value, label: t(`resource.${value}`) }))}
            onChange={(resource) => resource && change({ resource }, true)}
          />
        </td>
        <td data-end data-name={t("budget.planned")}>
          <MoneyField
            bare
            label={t("budget.planned")}
            value={draft.planned_minor}
            onBlur={flush}
            onChange={(minor) => change({ planned_minor: minor ?? 0 })}
          />
        </td>
        <td data-end data-name={t("budget.spent")}>
          <MoneyField
            bare
            label={t("budget.spent")}
            value={draft.spent_minor}
            onBlur={flush}
            onChange={(minor) => change({ spent_minor: minor ?? 0 })}
          />
        </td>
        <td data-end data-name={t("budget.left")} data-over={left < 0 || undefined}>
          {exact(left)}
        </td>
        <td className={css.tools}>
          <ActionIcon
            size={28}
            aria-label={t("budget.remove.name", { name: draft.name })}
            onClick={() => void remove()}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </td>
      </tr>
      {(thing.conflict || thing.error !== undefined || thing.state === "failed") && (
        <tr className={css.note}>
          <td colSpan={6}>
            <ConflictNote
              thing={thing}
              names={{
                name: t("budget.line"),
                resource: t("budget.resource"),
                planned_minor: t("budget.planned"),
                spent_minor: t("budget.spent"),
              }}
            />
            {!thing.conflict && <SaveState state={thing.state} />}
            <FormError error={thing.error} />
          </td>
        </tr>
      )}
    </>
  );
}
