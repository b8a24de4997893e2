import { Button, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useLanguage } from "@/lib/i18n";
import { useGo } from "@/lib/links";
import { useMetrics } from "@/rooms/insights/metrics";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { MoneyField, NumberField, ShareField } from "@/ui/numbers";
import { Await, FormError } from "@/ui/states";
import css from "./playbook.module.css";
import { useT } from "./useT";
import type { Template } from "./words";

/** A campaign from a template: its name, a day, who does what, what it may cost; what comes of it is shown before. */
export function FromTemplate({ template, onClose }: { template: Template; onClose: () => void }) {
  const { language } = useLanguage();
  const whole = useGet("/campaign-templates/{template_id}", {
    path: { template_id: template.id },
    query: { language },
  });
  return (
    <Dialog opened onClose={onClose} title={template.name} size={680}>
      <Await query={whole} lines={6}>
        {(found) => <Form template={found} language={language} onClose={onClose} />}
      </Await>
    </Dialog>
  );
}

interface Props {
  template: Shape<"CampaignTemplateOut">;
  language: string;
  onClose: () => void;
}

function Form({ template, language, onClose }: Props) {
  const t = useT();
  const go = useGo();
  const metrics = useMetrics();
  const members = useGet("/members", {}, { slow: true });
  const [name, setName] = useState("");
  // A launch is planned from its day: what comes before and after follows.
  const launch = (template.plan.tasks ?? [])
    .filter(({ kind, fixed_day }) => kind === "milestone" && fixed_day != null)
    .sort((a, b) => (a.fixed_day ?? 0) - (b.fixed_day ?? 0))[0];
  const [from, setFrom] = useState<"first" | "last" | "launch">(launch ? "launch" : "first");
  const [day, setDay] = useState<string | null>(null);
  const [roles, setRoles] = useState<Record<string, string | null>>({});
  const [amounts, setAmounts] = useState<Record<string, number>>({});
  const [target, setTarget] = useState<number | null>(template.plan.goal?.target ?? null);
  const wish: Shape<"TemplateWish"> = {
    name: name || template.name,
    starts_on: from === "first" ? day : null,
    ends_on: from === "last" ? day : null,
    launches_on: from === "launch" ? day : null,
    roles,
    amounts,
    goal_target: target,
    language,
  };
  const make = useSend("post", "/campaign-templates/{template_id}/campaigns", {
    once: true,
    onSuccess: ({ id }) => go(`/campaigns/${id}`),
  });
  const people = (members.data ?? []).map(({ user_id, name: label }) => ({ value: user_id, label }));
  const goal = template.plan.goal;
  const unit = goal && (metrics.get(goal.metric)?.unit ?? "count");
  const Target = unit === "money" ? MoneyField : unit === "share" ? ShareField : NumberField;
  return (
    <form
      className={css.fields}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate({ path: { template_id: template.id }, body: { ...wish, name } });
      }}
    >
      <TextInput
        label={t("from.name")}
        required
        maxLength={200}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={css.pair}>
        <div>
          <p className={css.label}>{t("from.anchor")}</p>
          <SegmentedControl
            aria-label={t("from.anchor")}
            fullWidth
            value={from}
            onChange={(value) => setFrom(value as "first" | "last" | "launch")}
            data={[
              ...(launch ? [{ value: "launch", label: launch.name }] : []),
              { value: "first", label: t("from.first") },
              { value: "last", label: t("from.last") },
            ]}
          />
        </div>
        <DayField
          label={from === "launch" ? (launch?.name ?? "") : t(`from.${from}.day`)}
          value={day}
          onChange={setDay}
        />
      </div>
      {goal && (
        <Target label={t("from.target", { metric: metrics.name(goal.metric) })} value={target} onChange={setTarget} />
      )}
      {template.plan.roles && template.plan.roles.length > 0 && (
        <details open>
          <summary>{t("from.roles")}</summary>
          <div className={css.pair}>
            {template.plan.roles.map((role) => (
              <Select
                key={role.key}
                label={role.leads ? t("from.leads", { role: role.name }) : role.name}
                placeholder={t(role.leads ? "from.you" : "from.nobody")}
                searchable
                clearable
                data={people}
                value={role.key in roles ? (roles[role.key] ?? null) : held(role.member_id, people)}
                onChange={(value) => setRoles({ ...roles, [role.key]: value })}
              />
            ))}
          </div>
        </details>
      )}
      {template.plan.lines && template.plan.lines.length > 0 && (
        <details>
          <summary>{t("from.lines", { count: template.plan.lines.length })}</summary>
          <div className={css.pair}>
            {template.plan.lines.map((line) => (
              <MoneyField
                key={line.key}
                label={line.name}
                value={amounts[line.key] ?? line.planned_minor ?? 0}
                onChange={(minor) => setAmounts({ ...amounts, [line.key]: minor ?? 0 })}
              />
            ))}
          </div>
        </details>
      )}
      {day && <Preview id={template.id} wish={wish} />}
      <FormError error={make.error} />
      <FormFoot>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Act type="submit" loading={make.isPending} disabled={!name.trim() || !day}>
          {t("from.action")}
        </Act>
      </FormFoot>
    </form>
  );
}

/** Who had the role last, while they still are a member. */
const held = (id: string | null | undefined, people: { value: string }[]) =>
  id && people.some(({ value }) => value === id) ? id : null;

function Preview({ id, wish }: { id: string; wish: Shape<"TemplateWish"> }) {
  const t = useT();
  const format = useFormat();
  const { ask } = useApi();
  const { name: _, ...asked } = wish;
  const found = useQuery({
    queryKey: ["template-preview", id, asked],
    queryFn: () => ask("post", "/campaign-templates/{template_id}/preview", { path: { template_id: id }, body: wish }),
    placeholderData: (before) => before,
    retry: false,
  });
  if (found.error) return <FormError error={found.error} />;
  const preview = found.data;
  if (!preview) return null;
  return (
    <section className={css.preview} aria-label={t("preview")}>
      <p>
        <strong>
          {t("preview.days", { first: format.day(preview.starts_on), last: format.day(preview.ends_on) })}
        </strong>
      </p>
      <p>
        {t("preview.holds", {
          tasks: preview.tasks.length,
          touchpoints: preview.touchpoints,
          lines: preview.lines,
          planned: format.money(preview.planned_minor),
        })}
      </p>
      {preview.late > 0 && <p className={css.warn}>{t("preview.late", { count: preview.late })}</p>}
      {preview.gone > 0 && <p className={css.warn}>{t("preview.gone", { count: preview.gone })}</p>}
      <ol>
        {preview.tasks.map((task) => (
          <li key={`${task.name} ${task.starts_on}`} style={{ paddingLeft: task.depth * 14 }}>
            <span>{task.name}</span>
            <span>
              {task.starts_on === task.ends_on
                ? format.day(task.ends_on)
                : `${format.day(task.starts_on)} – ${format.day(task.ends_on)}`}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
