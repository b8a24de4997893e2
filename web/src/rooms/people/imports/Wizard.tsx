import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf as queryKeyOf, useApi, useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useGo } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { FormFoot } from "@/ui/Dialog";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, FormError } from "@/ui/states";
import { follow } from "@/ui/tray";
import { useT } from "../useT";
import { Columns } from "./Columns";
import { type ConsentDraft, ConsentStep, consentPlan, isConsentReady, noConsent } from "./ConsentStep";
import { ImportSteps, type Step } from "./ImportSteps";
import css from "./imports.module.css";
import { lookAt } from "./look";
import { countTargets, firstPlan, identitiesOf, withConsent } from "./plan";
import type { Import, Plan } from "./types";
import { rowsOf } from "./upload";

/** The questions of an import: what the columns are, where consent comes from, and whether to begin. */
export function Wizard({ found }: { found: Import }) {
  const t = useT();
  const go = useGo();
  const format = useFormat();
  const { slug, timezone } = useWorkspaceSettings();
  const client = useQueryClient();
  const { loose } = useApi();
  const [step, setStep] = useState<Step>("columns");
  const [plan, setPlan] = useState<Plan>(() => firstPlan(found));
  const [consent, setConsent] = useState<ConsentDraft>(noConsent);
  const topics = useGet("/topics", { query: {} });
  const ready = withConsent(plan, consentPlan(consent, timezone));
  const byColumn = ready.columns.some(({ to }) => to === "consent");
  const keep = (answer: Import) =>
    client.setQueryData(queryKeyOf(slug, "/imports/{import_id}", { path: { import_id: found.id } }), answer);
  const reread = useSend("put", "/imports/{import_id}/reading", {
    onSuccess: (answer) => {
      keep(answer);
      setPlan(firstPlan(answer));
    },
  });
  const start = useSend("post", "/imports/{import_id}/start", {
    changes: ["/imports"],
    onSuccess: (answer) => {
      keep(answer);
      follow({
        id: `import ${found.id}`,
        title: t("import.tray", { file: found.file_name }),
        to: `/people/imports/${found.id}`,
        look: () => lookAt(loose, found.id, t),
        onEnd: () => void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] === slug }),
      });
    },
  });
  const cancel = useSend("post", "/imports/{import_id}/cancel", {
    changes: ["/imports"],
    onSuccess: () => go("/people"),
  });
  const path = { import_id: found.id };
  const counted = countTargets(plan);
  const rows = rowsOf(found.id);
  const matched = identitiesOf(plan.columns).length > 0;
  const topicNames = format.list(
    (topics.data ?? []).filter(({ id }) => consent.topics.includes(String(id))).map(({ name }) => name),
  );
  const done = {
    file: `${found.file_name} · ${format.bytes(found.file_size)}`,
    columns: t("import.columns.done", { identities: counted.identities, attributes: counted.attributes }),
    consent: consent.given ? topicNames : t("import.consent.noneShort"),
  };
  const next = (to: Step) => {
    setStep(to);
    document.getElementById("main")?.scrollTo(0, 0);
    scrollTo(0, 0);
  };
  return (
    <Page kind={step === "columns" ? "page" : "form"}>
      <PageHead
        title={t("import.of", { file: found.file_name })}
        crumbs={[
          { label: t("title"), to: "/people" },
          { label: t("imports.title"), to: "/people/imports" },
        ]}
      />
      <ImportSteps current={step} done={done} onGo={(to) => (to === "file" ? go("/people/import") : next(to))} />
      {step === "columns" && (
        <>
          <Columns
            found={found}
            plan={plan}
            onPlan={setPlan}
            onReading={(reading) => reread.mutate({ path, body: reading })}
            reading={reread.isPending}
          />
          <FormError error={reread.error} />
          <FormFoot>
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
              {t("import.drop")}
            </Button>
            <Button disabled={!matched} onClick={() => next("consent")}>
              {t("import.next.consent")}
            </Button>
          </FormFoot>
        </>
      )}
      {step === "consent" && (
        <>
          <Await query={topics}>
            {(known) => (
              <ConsentStep
                draft={consent}
                onDraft={setConsent}
                topics={known}
                byColumn={plan.columns.some(({ to }) => to === "consent")}
              />
            )}
          </Await>
          <FormFoot>
            <Button variant="default" onClick={() => next("columns")}>
              {t("back")}
            </Button>
            <Button disabled={!isConsentReady(consent)} onClick={() => next("confirm")}>
              {t("import.next.confirm")}
            </Button>
          </FormFoot>
        </>
      )}
      {step === "confirm" && (
        <>
          <Section title={t("import.confirm.title")}>
            <ul className={css.promise}>
              <li>
                {rows === undefined
                  ? t("import.confirm.file", { file: found.file_name, size: format.bytes(found.file_size) })
                  : t("import.confirm.rows", { file: found.file_name, rows })}
              </li>
              <li>{t("import.confirm.columns", counted)}</li>
              <li>
                {t(`import.confirm.match.${plan.match}`)} {t(`import.confirm.existing.${plan.existing ?? "overwrite"}`)}
              </li>
              {!!plan.tags?.length && <li>{t("import.confirm.tags", { tags: format.list(plan.tags) })}</li>}
              <li>
                {consent.given
                  ? t(byColumn ? "import.confirm.consentColumn" : "import.confirm.consent", {
                      topics: topicNames,
                      channel: t(`channel.${consent.channel}`),
                      origin: consent.origin,
                      day: consent.day ? format.day(consent.day) : "",
                    })
                  : t("import.confirm.noConsent")}
              </li>
            </ul>
          </Section>
          <FormError error={start.error} />
          <FormFoot>
            <Button variant="default" onClick={() => next("consent")}>
              {t("back")}
            </Button>
            <Button loading={start.isPending} onClick={() => start.mutate({ path, body: ready })}>
              {rows === undefined ? t("import.start") : t("import.startRows", { rows })}
            </Button>
          </FormFoot>
        </>
      )}
    </Page>
  );
}
