import { Button } from "@mantine/core";
import { useState } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import { useLanguage } from "@/lib/i18n";
import { useParam } from "@/lib/url";
import { ConfirmDanger } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { Await } from "@/ui/states";
import { FromTemplate } from "./FromTemplate";
import css from "./playbook.module.css";
import { useT } from "./useT";
import type { Template } from "./words";

/** Campaigns to begin from: the team's own, and those that come with Gonfalon. */
export function TemplateList() {
  const t = useT();
  const { language } = useLanguage();
  const [chosen, setChosen] = useParam("from");
  const [deleting, setDeleting] = useState<Template>();
  const ready = useGet("/campaign-templates/ready", { query: { language } }, { fresh: 600_000 });
  const own = useKeyset<Template>("/campaign-templates", {});
  const remove = useSend("delete", "/campaign-templates/{template_id}", { changes: ["/campaign-templates"] });
  const all = [...own.rows, ...(ready.data ?? [])];
  const template = all.find(({ id }) => id === chosen);
  const card = (one: Template) => (
    <li key={one.id} className={css.card}>
      <h3>{one.name}</h3>
      <p>{one.description}</p>
      <p>{t("template.holds", { days: one.days, tasks: one.tasks, touchpoints: one.touchpoints, lines: one.lines })}</p>
      <div>
        <Button variant="default" size="xs" onClick={() => setChosen(one.id)}>
          {t("template.use")}
        </Button>
        {!one.ready && (
          <QuietMenu
            label={t("template.menu", { name: one.name })}
            entries={[{ label: t("template.delete"), danger: true, act: () => setDeleting(one) }]}
          />
        )}
      </div>
    </li>
  );
  return (
    <div className={css.scroll}>
      <Section title={t("templates.own")} note={own.rows.length === 0 ? t("templates.own.none") : undefined}>
        {own.rows.length > 0 && <ul className={css.cards}>{own.rows.map(card)}</ul>}
        {own.more && (
          <Button size="xs" variant="subtle" color="gray" loading={own.loadingMore} onClick={own.loadMore}>
            {t("more")}
          </Button>
        )}
      </Section>
      <Section title={t("templates.ready")}>
        <Await query={ready} lines={6}>
          {(rows) => <ul className={css.cards}>{rows.map(card)}</ul>}
        </Await>
      </Section>
      {template && <FromTemplate template={template} onClose={() => setChosen("")} />}
      <ConfirmDanger
        opened={deleting !== undefined}
        onClose={() => setDeleting(undefined)}
        title={t("template.delete.title", { name: deleting?.name ?? "" })}
        loses={[t("template.delete.loses")]}
        keeps={[t("template.delete.keeps")]}
        action={t("template.delete")}
        onConfirm={async () => {
          if (deleting) await remove.mutateAsync({ path: { template_id: deleting.id } });
          setDeleting(undefined);
        }}
      />
    </div>
  );
}
