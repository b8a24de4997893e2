import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { FormError, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import { useSayValue } from "../values";
import { sumTrial } from "./look";
import { ScrollBox } from "./ScrollBox";
import css from "./TrialSection.module.css";
import type { Attribute, Example, Import, Plan } from "./types";

/** What the import would do, found out without doing it: the counts, and the first people before and after. */
export function TrialSection({ found, plan }: { found: Import; plan: Plan }) {
  const t = useT();
  const format = useFormat();
  const { put } = useApi();
  const [asked, setAsked] = useState("");
  const now = JSON.stringify(plan);
  const path = { import_id: found.id };
  const ask = useSend("post", "/imports/{import_id}/trial", {
    onSuccess: (answer) => {
      setAsked(now);
      put("/imports/{import_id}", { path }, answer);
    },
  });
  const trial = asked === now ? found.trial : undefined;
  const { bytes = 0, total_bytes: total = 0 } = found.progress;
  return (
    <Section title={t("import.trial.title")} note={t("import.trial.note")}>
      <FormError error={ask.error} />
      {!trial && (
        <div>
          <Button variant="default" loading={ask.isPending} onClick={() => ask.mutate({ path, body: plan })}>
            {t("import.trial.ask")}
          </Button>
        </div>
      )}
      {trial?.state === "running" && (
        <div aria-live="polite">
          <p>{t("import.trial.running", { share: format.percent(total ? Math.min(bytes / total, 1) : 0, 0) })}</p>
          <SkeletonLines lines={4} />
        </div>
      )}
      {trial?.state === "failed" && <p className={css.failed}>{trial.error}</p>}
      {trial?.state === "finished" && (
        <>
          <p role="status">{sumTrial(trial.result ?? {}, t)}</p>
          <Examples examples={trial.examples ?? []} />
        </>
      )}
    </Section>
  );
}

type Facts = { attributes?: Record<string, unknown>; tags?: string[]; [identity: string]: unknown };

function Examples({ examples }: { examples: Example[] }) {
  const t = useT();
  const declared = (useGet("/attributes", {}).data ?? []) as Attribute[];
  const sayValue = useSayValue();
  if (!examples.length) return null;
  const say = (value: unknown, key?: string) =>
    value === null || value === undefined
      ? t("import.trial.nothing")
      : sayValue(declared.find((one) => one.key === key)?.type, value as string);
  const changes = ({ before, after }: Example) => {
    const was = before as Facts;
    const will = after as Facts;
    return [
      ...(["email", "phone", "external_id"] as const)
        .filter((kind) => will[kind] !== undefined)
        .map((kind) => ({ label: t(`target.${kind}`), was: say(was[kind]), will: say(will[kind]) })),
      ...Object.entries(will.attributes ?? {}).map(([key, value]) => ({
        label: declared.find((one) => one.key === key)?.label ?? key,
        was: say(was.attributes?.[key], key),
        will: say(value, key),
      })),
      ...(will.tags ?? []).map((tag) => ({ label: t("target.tags"), was: "", will: `+ ${tag}` })),
    ];
  };
  return (
    <ScrollBox label={t("import.trial.examples")}>
      <table className={css.table}>
        <caption>{t("import.trial.examples")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("import.preview.line")}</th>
            <th scope="col">{t("import.trial.who")}</th>
            <th scope="col">{t("import.trial.changes")}</th>
          </tr>
        </thead>
        <tbody>
          {examples.map((one) => (
            <tr key={one.line}>
              <td className="g-num">{one.line}</td>
              <td>
                {one.person_id ? <A to={`/people/${one.person_id}`}>{one.name}</A> : one.name}
                {!one.person_id && <span className={css.fresh}>{t("import.trial.fresh")}</span>}
              </td>
              <td>
                <ul className={css.changes}>
                  {changes(one).map(({ label, was, will }) => (
                    <li key={`${label} ${will}`}>
                      <span>{label}</span>
                      {one.person_id && was && (
                        <>
                          <del>{was}</del>
                          <IconArrowRight size={14} aria-label={t("import.trial.becomes")} />
                        </>
                      )}
                      <ins>{will}</ins>
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
