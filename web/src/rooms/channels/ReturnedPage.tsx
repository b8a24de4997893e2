import { useMemo } from "react";
import { useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { When } from "@/ui/values";
import css from "./channels.module.css";
import { useT } from "./useT";

type Returned = Shape<"Returned">;
const tones: Record<Returned["kind"], Tone> = {
  bounce: "bad",
  delay: "waiting",
  complaint: "bad",
  auto_reply: "quiet",
  unsubscribe: "quiet",
  delivered: "good",
  other: "quiet",
};

/** What mail servers and people said after a mail was accepted, the newest first. */
export default function ReturnedPage() {
  const t = useT();
  const list = useKeyset<Returned>("/email/returns/mails", {}, { every: 30_000 });
  const columns = useMemo<Column<Returned>[]>(
    () => [
      {
        id: "kind",
        title: t("returned.kind"),
        width: 168,
        cell: ({ kind }) => <StateBadge tone={tones[kind]}>{t(`returned.kind.${kind}`)}</StateBadge>,
      },
      {
        id: "about",
        title: t("returned.about"),
        width: 240,
        cell: ({ address }) => address ?? <span className={css.muted}>{t("returned.about.none")}</span>,
      },
      {
        id: "why",
        title: t("returned.why"),
        hide: "phone",
        cell: ({ code, status, detail }) =>
          [code || "", detail.includes(status) ? "" : status, detail].filter(Boolean).join(" ") || "–",
      },
      {
        id: "touchpoint",
        title: t("returned.touchpoint"),
        width: 200,
        hide: "tablet",
        cell: ({ touchpoint, touchpoint_id }) =>
          touchpoint ? <A to={`/touchpoints/${touchpoint_id}`}>{touchpoint}</A> : "–",
      },
      {
        id: "received",
        title: t("returned.at"),
        width: 168,
        hide: "phone",
        cell: ({ received_at }) => <When at={received_at} />,
      },
    ],
    [t],
  );
  return (
    <Page kind="list">
      <PageHead
        crumbs={[{ label: t("returned.back"), to: "/settings/email" }]}
        title={t("returned.title")}
        meaning={t("returned.meaning")}
      />
      <DataTable
        id="returned"
        label={t("returned.title")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={({ kind, address }) => `${t(`returned.kind.${kind}`)}: ${address ?? t("returned.about.none")}`}
        count={(count) => t("returned.count", { count })}
        empty={<EmptyState picture="letter">{t("returned.empty")}</EmptyState>}
      />
    </Page>
  );
}
