import { Button } from "@mantine/core";
import { IconAdjustments } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useKeyset, useSend } from "@/api/hooks";
import { useListState } from "@/lib/url";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { Someone, When } from "@/ui/values";
import { AnswerButtons, DeclineDialog, useAnswers } from "./Answer";
import { kinds } from "./kinds";
import css from "./NoticesPage.module.css";
import { placeOfNotice } from "./places";
import { type Notice, noteOf, useFacts, useSentence } from "./sentence";
import { useT } from "./useT";

/** What one was told, the newest first; opening a line reads it. */
export default function NoticesPage() {
  const t = useT();
  const sentence = useSentence();
  const facts = useFacts();
  const [state, change] = useListState();
  const unread = state.filters.state?.[0] === "unread";
  const list = useKeyset<Notice>(
    "/notices",
    { query: { unread: unread || undefined, kind: state.filters.kind } },
    { every: 30_000 },
  );
  const read = useSend("post", "/notices/read");
  const mark = useSend("put", "/notices/{notice_id}/read");
  const answers = useAnswers(
    ({ id, read_at }) => read_at === null && mark.mutate({ path: { notice_id: id }, body: { read: true } }),
  );
  const [declining, setDeclining] = useState<Notice>();
  const newest = list.rows[0]?.id;
  const waiting = list.rows.some(({ read_at }) => read_at === null);
  const columns = useMemo<Column<Notice>[]>(
    () => [
      {
        id: "what",
        title: t("notices.what"),
        cell: (notice) => (
          <span className={css.notice} data-unread={notice.read_at === null || undefined}>
            <span>
              {notice.read_at === null && <span className={css.dot} role="img" aria-label={t("notices.new")} />}
              {sentence(notice)}
            </span>
            {facts(notice) && <small>{facts(notice)}</small>}
            {noteOf(notice) && <small>{noteOf(notice)}</small>}
            <AnswerButtons notice={notice} answers={answers} onDecline={() => setDeclining(notice)} />
          </span>
        ),
      },
      {
        id: "who",
        title: t("notices.who"),
        width: 200,
        hide: "tablet",
        cell: (notice) => <Someone name={notice.actor} />,
      },
      {
        id: "when",
        title: t("notices.when"),
        width: 150,
        hide: "phone",
        cell: (notice) => <When at={notice.created_at} />,
      },
      {
        id: "state",
        title: t("notices.state"),
        width: 120,
        hide: "phone",
        cell: (notice) => (
          <Button
            size="compact-xs"
            variant="subtle"
            onClick={(event) => {
              event.stopPropagation();
              mark.mutate({ path: { notice_id: notice.id }, body: { read: notice.read_at === null } });
            }}
          >
            {notice.read_at === null ? t("notices.read") : t("notices.unread")}
          </Button>
        ),
      },
    ],
    [t, sentence, facts, mark.mutate, answers],
  );
  return (
    <Page kind="list">
      <PageHead
        title={t("notices.nav")}
        meaning={t("notices.meaning")}
        action={
          waiting &&
          newest !== undefined && (
            <Button variant="default" loading={read.isPending} onClick={() => read.mutate({ body: { up_to: newest } })}>
              {t("notices.readAll")}
            </Button>
          )
        }
        menu={[{ label: t("settings.nav"), icon: IconAdjustments, to: "/settings/notices" }]}
      />
      <FilterBar
        lead={t("notices.lead")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("notices.state"),
            single: true,
            options: [{ value: "unread", label: t("notices.onlyUnread") }],
          },
          {
            id: "kind",
            name: t("notices.kind"),
            options: kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
          },
        ]}
      />
      <DataTable
        id="notices"
        label={t("notices.nav")}
        columns={columns}
        list={list}
        rowKey={(notice) => String(notice.id)}
        rowName={sentence}
        to={placeOfNotice}
        tall
        count={(shown) => t("notices.count", { count: shown })}
        empty={<EmptyState picture="letter">{t("notices.none")}</EmptyState>}
      />
      {declining && <DeclineDialog notice={declining} answers={answers} onClose={() => setDeclining(undefined)} />}
    </Page>
  );
}
