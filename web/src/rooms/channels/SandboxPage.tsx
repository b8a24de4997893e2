import { useMemo, useState } from "react";
import { type Keyset, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { When } from "@/ui/values";
import { useT } from "./useT";

type Mail = Shape<"SandboxMail">;

/** The sandbox's inbox. */
export default function SandboxPage() {
  const t = useT();
  const may = useMay("channels.manage");
  const [state, change] = useListState();
  const [clearing, setClearing] = useState(false);
  const list = useKeyset<Mail>("/sandbox/mails", { query: { search: state.q } }, { every: 5000 });
  const empty = useSend("delete", "/sandbox/mails");
  return (
    <Page kind="list">
      <PageHead
        title={t("sandbox.title")}
        meaning={t("sandbox.meaning")}
        menu={may ? [{ label: t("sandbox.clear"), danger: true, act: () => setClearing(true) }] : undefined}
      />
      <FilterBar lead={t("sandbox.lead")} search={t("sandbox.search")} filters={[]} state={state} onChange={change} />
      <Mails list={list} searching={state.q !== ""} />
      <ConfirmDanger
        opened={clearing}
        onClose={() => setClearing(false)}
        title={t("sandbox.clear.title")}
        loses={[t("sandbox.clear.loses")]}
        keeps={[t("sandbox.clear.keeps")]}
        action={t("sandbox.clear")}
        onConfirm={() => empty.mutateAsync({})}
      />
    </Page>
  );
}

function Mails({ list, searching }: { list: Keyset<Mail>; searching: boolean }) {
  const t = useT();
  const format = useFormat();
  const columns = useMemo<Column<Mail>[]>(
    () => [
      { id: "to", title: t("mail.to"), width: 260, cell: ({ rcpt_to }) => rcpt_to },
      {
        id: "subject",
        title: t("mail.subject"),
        cell: ({ subject, test }) => (
          <>
            {test && (
              <StateBadge plain tone="draft">
                {t("mail.test")}
              </StateBadge>
            )}{" "}
            {subject || t("mail.none")}
          </>
        ),
      },
      {
        id: "from",
        title: t("mail.from"),
        width: 240,
        hide: "tablet",
        optional: true,
        cell: ({ mail_from }) => mail_from,
      },
      {
        id: "size",
        title: t("mail.size"),
        width: 88,
        align: "end",
        hide: "tablet",
        cell: ({ size }) => t("mail.size.kb", { size: format.number(size / 1000, 1) }),
      },
      {
        id: "received",
        title: t("mail.received"),
        width: 168,
        hide: "phone",
        cell: ({ received_at }) => <When at={received_at} />,
      },
    ],
    [t, format],
  );
  return (
    <DataTable
      id="sandbox"
      label={t("sandbox.title")}
      columns={columns}
      list={list}
      rowKey={({ id }) => String(id)}
      rowName={({ rcpt_to, subject }) => `${rcpt_to}: ${subject || t("mail.none")}`}
      to={({ id }) => `/sandbox/${id}`}
      count={(count) => t("sandbox.count", { count })}
      empty={<EmptyState picture="letter">{searching ? t("sandbox.none") : t("sandbox.empty")}</EmptyState>}
    />
  );
}
