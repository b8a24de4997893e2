import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMemo } from "react";
import type { Reply } from "@/api/client";
import { useApi, useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { attend, saveFile } from "@/ui/longWork";
import { Facts } from "@/ui/Page";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { say } from "@/ui/tray";
import { When } from "@/ui/values";
import css from "./delivery.module.css";
import { countOf, messageStates, messageTones, type Progress, reasons, useReason } from "./states";
import { useT } from "./useT";

type Message = Reply<"get", "/touchpoints/{touchpoint_id}/messages">["items"][number];

/** Everybody of the audience with their copy and what became of it. */
export function MessagesTab({ touchpointId, progress }: { touchpointId: string; progress: Progress | undefined }) {
  const t = useT();
  const format = useFormat();
  const reason = useReason();
  const [state, change] = useListState();
  const list = useKeyset<Message>(
    "/touchpoints/{touchpoint_id}/messages",
    {
      path: { touchpoint_id: touchpointId },
      query: { state: state.filters.state?.[0], reason: state.filters.reason?.[0], search: state.q },
    },
    { every: 5000 },
  );
  const mayExport = useMay("people.export");
  const api = useApi();
  const takeOut = () => {
    const body = {
      state: state.filters.state?.[0] as Message["state"] | undefined,
      reason: state.filters.reason?.[0],
      search: state.q,
    };
    const path = { touchpoint_id: touchpointId };
    const file = api.file("/touchpoints/{touchpoint_id}/messages/exports", { path, body }).then((made) => {
      saveFile(made, "messages.csv");
      return made;
    });
    attend(t("messages.export"), file, ({ size }) => t("messages.exported", { size: format.bytes(size) })).catch(() =>
      say(t("messages.notExported"), { tone: "bad" }),
    );
  };
  const total =
    progress && !state.q ? countOf(progress, state.filters.state?.[0], state.filters.reason?.[0]) : undefined;
  const columns = useMemo<Column<Message>[]>(
    () => [
      {
        id: "person",
        title: t("message.person"),
        cell: (row) => (
          <A to={`/people/${row.person_id}`} className={css.name}>
            {row.address ?? t("message.noAddress", { id: String(row.person_id) })}
          </A>
        ),
      },
      {
        id: "state",
        title: t("message.state"),
        width: 184,
        cell: (row) => (
          <StateBadge tone={messageTones[row.state]} plain>
            {t(`state.${row.state}`)}
          </StateBadge>
        ),
      },
      {
        id: "reason",
        title: t("message.reason"),
        width: 260,
        hide: "phone",
        cell: (row) => (row.reason ? reason(row.reason) : <span className={css.muted}>–</span>),
      },
      {
        id: "attempts",
        title: t("message.attempts"),
        width: 96,
        align: "end",
        hide: "tablet",
        cell: (row) => row.attempts,
      },
      {
        id: "when",
        title: t("message.when"),
        width: 168,
        hide: "phone",
        cell: (row) => <When at={row.ended_at} why={t("message.open")} />,
      },
    ],
    [t, reason],
  );
  return (
    <>
      <FilterBar
        lead={t("messages")}
        search={t("messages.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("message.state"),
            single: true,
            options: messageStates.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            id: "reason",
            name: t("message.reason"),
            single: true,
            options: reasons.map((value) => ({ value, label: reason(value) })),
          },
        ]}
      />
      <DataTable
        id="messages"
        label={t("messages")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={(row) => row.address ?? String(row.person_id)}
        to={(row) => `/people/${row.person_id}`}
        panel={(row) => (
          <Facts
            items={[
              [
                t("message.state"),
                <StateBadge key="s" tone={messageTones[row.state]} plain>
                  {t(`state.${row.state}`)}
                </StateBadge>,
              ],
              ...(row.reason ? ([[t("message.reason"), reason(row.reason)]] as [string, string][]) : []),
              [t("message.attempts"), row.attempts],
              [t("message.when"), <When key="w" at={row.ended_at} absolute why={t("message.open")} />],
              ...(row.reply
                ? ([
                    [
                      t("message.reply"),
                      <code key="r" className={css.reply}>
                        {row.reply}
                      </code>,
                    ],
                  ] as [string, React.ReactNode][])
                : []),
            ]}
          />
        )}
        tools={
          mayExport && (
            <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} onClick={takeOut}>
              {t("messages.export")}
            </Button>
          )
        }
        count={(shown) =>
          total === undefined
            ? t("messages.count", { count: shown, more: list.more ? "yes" : "no" })
            : t("messages.of", { shown, total })
        }
        empty={<EmptyState picture="letter">{t("messages.none")}</EmptyState>}
      />
    </>
  );
}
