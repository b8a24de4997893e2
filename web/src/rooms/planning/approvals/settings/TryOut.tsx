import { MultiSelect, Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { MoneyField, NumberField } from "@/ui/numbers";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import css from "../approvals.module.css";
import { useT } from "../useT";
import { kinds, useAsked, useCode } from "../words";
import { categories, channels, risks } from "./RuleDialog";

type Tried = Shape<"TryIn">;

/** "Which approvals would this need?": something made up against the rules in force. */
export function TryOut() {
  const t = useT();
  const code = useCode();
  const asked = useAsked();
  const format = useFormat();
  const [facts, setFacts] = useState<Tried>({ kind: "launch", audience_size: 12_000, channel: "email", risks: [] });
  const put = (values: Partial<Tried>) => setFacts((now) => ({ ...now, ...values }));
  const { mutate, data, error } = useSend("post", "/approval-rules/try", { asks: true });
  useEffect(() => mutate({ body: facts }), [facts, mutate]);
  const launch = facts.kind === "launch";
  return (
    <Section title={t("set.try")} note={t("set.try.note")}>
      <div className={css.try}>
        <Select
          label={t("set.rule.what")}
          data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={facts.kind}
          allowDeselect={false}
          onChange={(kind) => kind && put({ kind: kind as Tried["kind"] })}
        />
        {launch && (
          <NumberField
            label={t("set.try.people")}
            value={facts.audience_size ?? null}
            onChange={(audience_size) => put({ audience_size })}
          />
        )}
        <MoneyField
          label={t("set.try.amount")}
          value={facts.amount_minor ?? null}
          onChange={(amount_minor) => put({ amount_minor })}
        />
        {launch && (
          <>
            <Select
              label={t("request.channel")}
              data={channels.map((value) => ({ value, label: code("channel", value) }))}
              value={facts.channel || null}
              clearable
              onChange={(channel) => put({ channel: channel ?? "" })}
            />
            <Select
              label={t("set.try.category")}
              data={categories.map((value) => ({ value, label: code("category", value) }))}
              value={facts.category ?? null}
              clearable
              onChange={(category) => put({ category: category as Tried["category"] })}
            />
            <MultiSelect
              label={t("request.risks")}
              data={risks.map((value) => ({ value, label: code("risk", value) }))}
              value={facts.risks ?? []}
              onChange={(found) => put({ risks: found as Tried["risks"] })}
            />
          </>
        )}
      </div>
      <FormError error={error} />
      <div aria-live="polite">
        {data && !data.steps.length && <p>{t("set.try.none")}</p>}
        {data && data.steps.length > 0 && (
          <ol className={css.answer}>
            {data.steps.map((step) => (
              <li key={`${step.kind}${step.ref}`}>
                <strong>{asked(step.kind, step.label)}</strong>{" "}
                <span className={css.muted}>
                  {step.kind === "part"
                    ? ""
                    : step.people.length
                      ? format.list(step.people.map(({ name }) => name))
                      : t("set.try.nobody")}
                </span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </Section>
  );
}
