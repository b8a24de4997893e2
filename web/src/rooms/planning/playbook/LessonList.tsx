import { Button } from "@mantine/core";
import { IconArrowsSplit2, IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { dotted } from "@/lib/text";
import { useListState, useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { useMetrics } from "@/rooms/insights/metrics";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { SavedViews } from "@/ui/table/SavedViews";
import { Day } from "@/ui/values";
import { useT as usePlanning } from "../useT";
import { campaignTypes, categories } from "../words";
import { NewLesson } from "./NewLesson";
import css from "./playbook.module.css";
import { useT } from "./useT";
import { channels, type Lesson, LessonBadge, lessonStates, useSayEffect } from "./words";

/** Every lesson, the newest first. */
export function LessonList() {
  const t = useT();
  const planning = usePlanning();
  const may = useMay("campaigns.write");
  const [state, change] = useListState();
  const [making, setMaking] = useOpening("new");
  const list = useKeyset<Lesson>("/lessons", {
    query: {
      q: state.q,
      state: state.filters.state?.[0],
      category: state.filters.category?.[0],
      type: state.filters.type?.[0],
      channel: state.filters.channel?.[0],
    },
  });
  const columns = useColumns();
  const filtered = state.q !== "" || Object.keys(state.filters).length > 0;
  const add = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("lesson.new")}
    </Button>
  );
  return (
    <>
      <FilterBar
        lead={t("tab.lessons")}
        search={t("lessons.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("lesson.state"),
            single: true,
            options: lessonStates.map((value) => ({ value, label: t(`state.${value}`) })),
          },
          {
            id: "type",
            name: planning("campaign.type"),
            single: true,
            options: campaignTypes.map((value) => ({ value, label: planning(`type.${value}`) })),
          },
          {
            id: "category",
            name: planning("campaign.category"),
            single: true,
            options: categories.map((value) => ({ value, label: planning(`category.${value}`) })),
          },
          {
            id: "channel",
            name: t("lesson.channel"),
            single: true,
            options: channels.map((value) => ({ value, label: t(`channel.${value}`) })),
          },
        ]}
      >
        <SavedViews id="lessons" state={state} onChange={change} />
        {(list.rows.length > 0 || filtered) && add}
      </FilterBar>
      <DataTable
        id="lessons"
        label={t("tab.lessons")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ title }) => title}
        to={({ id }) => `/playbook/lessons/${id}`}
        tall
        count={(count) => t("lessons.count", { count, more: list.more ? "yes" : "no" })}
        empty={
          filtered ? (
            <EmptyState picture="search">{t("lessons.none")}</EmptyState>
          ) : (
            <EmptyState picture="chart" title={t("lessons.empty.title")} action={add}>
              {t("lessons.empty")}
            </EmptyState>
          )
        }
      />
      {making && may && <NewLesson onClose={() => setMaking("")} />}
    </>
  );
}

function useColumns(): Column<Lesson>[] {
  const t = useT();
  const planning = usePlanning();
  const metrics = useMetrics();
  const say = useSayEffect();
  return useMemo(
    () => [
      {
        id: "title",
        title: t("lesson.title"),
        cell: (row) => (
          <>
            <A to={`/playbook/lessons/${row.id}`} className={css.name}>
              {row.title}
            </A>
            <span className={css.sub}>
              {dotted([row.type && planning(`type.${row.type}`), row.audience?.name, row.campaign?.name]) ||
                t("lesson.everywhere")}
            </span>
          </>
        ),
      },
      {
        id: "effect",
        title: t("lesson.effect"),
        width: 220,
        hide: "phone",
        cell: (row) =>
          row.effect && (
            <>
              <span className={css.effect}>{say(row.effect)}</span>
              <span className={css.sub}>{metrics.name(row.effect.metric)}</span>
            </>
          ),
      },
      {
        id: "against",
        title: t("lesson.contradicts"),
        width: 120,
        hide: "tablet",
        cell: (row) =>
          row.contradicts.length > 0 && (
            <span className={css.warn}>
              <IconArrowsSplit2 size={14} /> {row.contradicts.length}
            </span>
          ),
      },
      { id: "state", title: t("lesson.state"), width: 116, cell: (row) => <LessonBadge state={row.state} /> },
      {
        id: "expires",
        title: t("lesson.expires"),
        width: 124,
        hide: "tablet",
        cell: (row) => <Day on={row.expires_on} />,
      },
    ],
    [t, planning, metrics, say],
  );
}
