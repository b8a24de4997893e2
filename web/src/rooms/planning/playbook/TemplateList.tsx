import { Button } from "@mantine/core";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import { useLanguage } from "@/lib/i18n";
import { useListState, useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { Await } from "@/ui/states";
import { FilterBar } from "@/ui/table/FilterBar";
import { say, sayRefused } from "@/ui/tray";
import { FromTemplate } from "./FromTemplate";
import css from "./TemplateList.module.css";
import { useT } from "./useT";
import type { Template } from "./words";

/** Campaigns to begin from: the team's own, and those that come with Gonfalon. */
export function TemplateList() {
  const t = useT();
  const { language } = useLanguage();
  const [chosen, setChosen] = useParam("from");
  const [state, change] = useListState();
  const archived = state.filters.state?.[0] === "archived";
  const ready = useGet("/campaign-templates/ready", { query: { language } }, { fresh: "static" });
  const own = useKeyset<Template>("/campaign-templates", { query: { q: state.q, archived: archived || undefined } });
  const archive = useSend("delete", "/campaign-templates/{template_id}");
  const restore = useSend("post", "/campaign-templates/{template_id}/restore");
  const bringBack = ({ id, name }: Template) =>
    restore.mutateAsync({ path: { template_id: id } }).then(() => say(t("template.restored", { name })), sayRefused);
  const putAway = (one: Template) =>
    archive.mutate(
      { path: { template_id: one.id } },
      {
        onSuccess: () =>
          say(t("template.archived", { name: one.name }), {
            action: { label: t("template.undo"), undo: true, act: () => bringBack(one) },
          }),
        onError: sayRefused,
      },
    );
  const may = useMay("campaigns.write");
  const copy = useSend("post", "/campaign-templates/{template_id}/duplicate", {
    once: true,
    onSuccess: ({ name }) => say(t("save.done", { name })),
  });
  const all = [...own.rows, ...(ready.data ?? [])];
  const template = all.find(({ id }) => id === chosen);
  const none = t(state.q ? "templates.nothing" : archived ? "templates.noneArchived" : "templates.own.none");
  const named = ({ name }: Template) => name.toLocaleLowerCase().includes(state.q.trim().toLocaleLowerCase());
  const card = (one: Template) => (
    <li key={one.id} className={css.card}>
      <h3>{one.name}</h3>
      <p>{one.description}</p>
      <p>{t("template.holds", { days: one.days, tasks: one.tasks, touchpoints: one.touchpoints, lines: one.lines })}</p>
      <div>
        {one.archived_at ? (
          may && (
            <Button variant="default" size="xs" onClick={() => bringBack(one)}>
              {t("template.restore")}
            </Button>
          )
        ) : (
          <Button variant="default" size="xs" onClick={() => setChosen(one.id)}>
            {t("template.use")}
          </Button>
        )}
        {may && (
          <QuietMenu
            label={t("template.menu", { name: one.name })}
            entries={[
              {
                label: t("template.copy"),
                act: () =>
                  copy.mutate({
                    path: { template_id: one.id },
                    body: { name: t("template.copy.name", { name: one.name }).slice(0, 200), language },
                  }),
              },
              ...(one.ready || one.archived_at ? [] : [{ label: t("template.archive"), act: () => putAway(one) }]),
            ]}
          />
        )}
      </div>
    </li>
  );
  return (
    <div className={css.scroll}>
      <FilterBar
        lead={t("tab.templates")}
        search={t("templates.search")}
        state={state}
        onChange={change}
        filters={[
          {
            id: "state",
            name: t("templates.state"),
            single: true,
            options: [{ value: "archived", label: t("templates.archived") }],
          },
        ]}
      />
      <Section title={t("templates.own")} note={own.rows.length === 0 ? none : undefined}>
        {own.rows.length > 0 && <ul className={css.cards}>{own.rows.map(card)}</ul>}
        {own.more && (
          <Button size="xs" variant="subtle" color="gray" loading={own.loadingMore} onClick={own.loadMore}>
            {t("more")}
          </Button>
        )}
      </Section>
      {!archived && (
        <Section title={t("templates.ready")}>
          <Await query={ready} lines={6}>
            {(rows) => <ul className={css.cards}>{rows.filter(named).map(card)}</ul>}
          </Await>
        </Section>
      )}
      {template && <FromTemplate template={template} onClose={() => setChosen("")} />}
    </div>
  );
}
