import { useMemo } from "react";
import { useGet, useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useNamed } from "@/lib/i18n";
import { useListState } from "@/lib/url";
import { Facts } from "@/ui/Page";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Someone, When } from "@/ui/values";
import { useT } from "../useT";
import css from "./settings.module.css";

type Entry = Shape<"AuditEntry">;
const areas = [
  "workspace",
  "member",
  "api_key",
  "person",
  "import",
  "audience",
  "template",
  "campaign",
  "touchpoint",
] as const;

/** The sentence for an audited action: the room's own words, else the action's name. */
function useSentence(): (entry: Entry) => string {
  const t = useT();
  const named = useNamed("audit");
  return (entry) => {
    const target = entry.target_name ?? entry.target_id ?? "";
    return named(entry.action, { target }) ?? t("audit.other", { action: entry.action, target });
  };
}

/** Who did what to what, the newest first. */
export default function AuditPage() {
  const t = useT();
  const sentence = useSentence();
  const [state, change] = useListState();
  const members = useGet("/members", {});
  const area = state.filters.area?.[0];
  const list = useKeyset<Entry>("/audit", {
    query: { action: area && `${area}.`, actor: state.filters.who?.[0] },
  });
  const columns = useMemo<Column<Entry>[]>(
    () => [
      { id: "what", title: t("audit.what"), cell: sentence },
      {
        id: "who",
        title: t("audit.who"),
        width: 220,
        hide: "phone",
        cell: (entry) => <Someone name={entry.actor_name} />,
      },
      { id: "when", title: t("audit.when"), width: 168, cell: (entry) => <When at={entry.at} /> },
      {
        id: "code",
        title: t("audit.code"),
        width: 200,
        hide: "tablet",
        optional: true,
        cell: (entry) => <code className={css.code}>{entry.action}</code>,
      },
    ],
    [t, sentence],
  );
  return (
    <SettingsFrame title={t("audit.title")} meaning={t("audit.meaning")} wide>
      <FilterBar
        lead={t("audit.lead")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "area",
            name: t("audit.area"),
            single: true,
            options: areas.map((value) => ({ value, label: t(`area.${value}`) })),
          },
          {
            id: "who",
            name: t("audit.who"),
            single: true,
            options: (members.data ?? []).map(({ user_id, name }) => ({ value: user_id, label: name })),
          },
        ]}
      />
      <div className={css.bounded}>
        <DataTable
          id="audit"
          label={t("audit.title")}
          columns={columns}
          list={list}
          rowKey={(entry) => String(entry.id)}
          rowName={sentence}
          count={(shown) => t("audit.count", { count: shown })}
          panel={(entry) => <Details entry={entry} />}
          empty={<EmptyState picture="trail">{t("audit.empty")}</EmptyState>}
        />
      </div>
    </SettingsFrame>
  );
}

function Details({ entry }: { entry: Entry }) {
  const t = useT();
  const kinds = ["member", "api_key", "operator", "system"] as const;
  const kind = kinds.find((one) => one === entry.actor_kind);
  return (
    <>
      <Facts
        items={[
          [t("audit.who"), entry.actor_name],
          [t("audit.as"), kind ? t(`actor.${kind}`) : entry.actor_kind],
          [t("audit.when"), <When key="when" at={entry.at} absolute />],
          [t("audit.code"), <code key="code">{entry.action}</code>],
          ...(entry.target_id
            ? ([[t("audit.target"), <code key="id">{`${entry.target_type} ${entry.target_id}`}</code>]] as [
                string,
                React.ReactNode,
              ][])
            : []),
        ]}
      />
      {Object.keys(entry.details).length > 0 && (
        <Facts
          items={Object.entries(entry.details).map(([name, value]) => [
            <code key={name}>{name}</code>,
            typeof value === "string" ? value : JSON.stringify(value),
          ])}
        />
      )}
    </>
  );
}
