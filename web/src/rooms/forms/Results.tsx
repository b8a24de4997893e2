import { Select } from "@mantine/core";
import { useState } from "react";
import { useGet, useLooseGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { Section } from "@/ui/Page";
import { Await, EmptyState } from "@/ui/states";
import { allFields, type Field, type Form, isAsked } from "./definition";
import css from "./forms.module.css";
import own from "./Results.module.css";
import { useT } from "./useT";

type Found = Shape<"FormResults">;

/** What the answers say together, question by question, compared by another answer or by what people did. */
export function Results({ form }: { form: Form }) {
  const t = useT();
  const [by, setBy] = useState("");
  const [kind, name] = [by.slice(0, by.indexOf(":")), by.slice(by.indexOf(":") + 1)];
  const query = { by_field: kind === "field" ? name : "", by_event: kind === "event" ? name : "" };
  const results = useGet("/forms/{form_id}/results", { path: { form_id: form.id }, query });
  const events = useLooseGet<{ name: string }[]>("/events/names", {}, { fresh: 60_000 }).data ?? [];
  const fields = allFields(form.definition).filter(isAsked);
  const splits = fields.filter(({ kind: one }) => ["choice", "choices", "nps", "scale", "tick"].includes(one));
  if (form.taken === 0) return <EmptyState picture="chart">{t("results.empty")}</EmptyState>;
  return (
    <div className={own.results}>
      <Select
        className={own.by}
        label={t("results.by")}
        clearable
        searchable
        placeholder={t("results.by.none")}
        data={[
          {
            group: t("results.by.answer"),
            items: splits.map(({ id, label }) => ({ value: `field:${id}`, label: label || id })),
          },
          {
            group: t("results.by.deed"),
            items: events.map((event) => ({ value: `event:${event.name}`, label: event.name })),
          },
        ]}
        value={by || null}
        onChange={(value) => setBy(value ?? "")}
      />
      <Await query={results} lines={8}>
        {(found) => (
          <>
            {fields.map((field) => (
              <Question
                key={field.id}
                field={field}
                found={found}
                split={splits.find(({ id }) => `field:${id}` === by)}
              />
            ))}
          </>
        )}
      </Await>
    </div>
  );
}

interface QuestionProps {
  field: Field;
  found: Found;
  /** The question whose answers are compared, if it is one. */
  split: Field | undefined;
}

function Question({ field, found, split }: QuestionProps) {
  const t = useT();
  const said = found.said.filter((one) => one.field === field.id);
  const spreads = found.spreads.filter((one) => one.field === field.id);
  const tallies = found.tallies.filter((one) => one.field === field.id);
  const groupName = (group: string) => {
    if (!group) return t("results.all");
    if (!split) return t(group === "yes" ? "results.did" : "results.didNot");
    return labelsOf(split, t("other.word"), t("yes")).get(group) ?? group;
  };
  const lines = field.kind === "matrix" ? (field.rows ?? []) : [{ value: "", label: "" }];
  if (!said.length && !spreads.length && !tallies.length) return null;
  return (
    <Section title={field.label} card>
      {spreads.length > 0 && (
        <div className={own.spreads}>
          {spreads.map((spread) => (
            <Spread key={spread.group} spread={spread} nps={field.kind === "nps"} name={groupName(spread.group)} />
          ))}
        </div>
      )}
      {tallies.length > 0 &&
        lines.map((line) => (
          <Tallies
            key={line.value}
            caption={line.label || (field.label ?? "")}
            shown={line.label}
            labels={labelsOf(field, t("other.word"), t("yes"))}
            tallies={tallies.filter(({ row }) => row === line.value)}
            groups={found.groups}
            groupName={groupName}
          />
        ))}
      {said.length > 0 && (
        <ul className={own.said}>
          {said.map(({ text }, at) => (
            <li key={at}>{text}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Spread({ spread, nps, name }: { spread: Found["spreads"][number]; nps: boolean; name: string }) {
  const t = useT();
  const format = useFormat();
  const score = Math.round((100 * (spread.promoters - spread.detractors)) / spread.answers);
  return (
    <p className={own.spread}>
      <strong>
        {nps
          ? t("results.nps", { score: score > 0 ? `+${score}` : `${score}`.replace("-", "−") })
          : format.number(spread.mean, 1)}
      </strong>
      <span className={css.muted}>
        {name} ·{" "}
        {nps
          ? t("results.nps.of", {
              promoters: spread.promoters,
              passives: spread.passives,
              detractors: spread.detractors,
            })
          : t("results.mean.of", { median: format.number(spread.median, 1), count: spread.answers })}
      </span>
    </p>
  );
}

interface TalliesProps {
  caption: string;
  shown: string;
  labels: Map<string, string>;
  tallies: Found["tallies"];
  groups: Found["groups"];
  groupName: (group: string) => string;
}

/** How many chose what, as bars that are a table: a column for each group that is compared. */
function Tallies({ caption, shown, labels, tallies, groups, groupName }: TalliesProps) {
  const t = useT();
  const format = useFormat();
  const several = groups.length > 1 || groups[0]?.group !== "";
  const values = [...labels.keys(), ...tallies.map(({ value }) => value).filter((value) => !labels.has(value))];
  const unique = [...new Set(values)];
  return (
    <div className={own.tableBox}>
      <table className={own.tallies}>
        <caption className={shown ? undefined : own.hidden}>{caption}</caption>
        <thead className={several ? undefined : own.hidden}>
          <tr>
            <th scope="col">{t("results.answer")}</th>
            {groups.map(({ group, answers }) => (
              <th scope="col" key={group}>
                {groupName(group)} <span className={css.muted}>{format.number(answers)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {unique.map((value) => (
            <tr key={value}>
              <th scope="row">{labels.get(value) ?? value}</th>
              {groups.map(({ group, answers }) => {
                const count = tallies.find((one) => one.value === value && one.group === group)?.answers ?? 0;
                const share = answers ? count / answers : 0;
                return (
                  <td key={group}>
                    <span className={own.bar} style={{ "--share": share } as React.CSSProperties} />
                    <span>
                      {format.percent(share)} <span className={css.muted}>{format.number(count)}</span>
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a field can be answered with, as visitors read it, in the form's order. */
function labelsOf(field: Field, other: string, yes: string): Map<string, string> {
  if (field.kind === "tick" || field.kind === "consent") return new Map([["true", yes]]);
  if (field.kind === "scale" || field.kind === "nps") {
    const [least, most] = field.kind === "nps" ? [0, 10] : [field.least ?? 1, field.most ?? 5];
    return new Map(Array.from({ length: most - least + 1 }, (_, at) => [`${least + at}`, `${least + at}`]));
  }
  const found = new Map((field.options ?? []).map(({ value, label }) => [value, label]));
  if (field.other) found.set("other", other);
  return found;
}
