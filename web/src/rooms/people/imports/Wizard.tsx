import { Button } from "@mantine/core";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useGo } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { FormFoot } from "@/ui/Dialog";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, FormError } from "@/ui/states";
import { follow } from "@/ui/tray";
import { useT } from "../useT";
import { Columns } from "./Columns";
import { type ConsentDraft, ConsentStep, consentPlan, missingConsent, noConsent } from "./ConsentStep";
import { ImportSteps, type Step } from "./ImportSteps";
import css from "./imports.module.css";
import { lookAt } from "./look";
import { countTargets, firstPlan, identitiesOf, undecided, unordered, withConsent } from "./plan";
import { TrialSection } from "./TrialSection";
import type { Import, Plan } from "./types";
import { rowsOf } from "./upload";

/** The questions of an import: what the columns are, where consent comes from, and whether to begin. */
export function Wizard({ found }: { found: Import }) {
  const t = useT();
  const go = useGo();
  const format = useFormat();
  const { timezone } = useWorkspaceSettings();
  const { call, put, reread } = useApi();
  const [step, setStep] = useState<Step>("columns");
  const [plan, setPlan] = useState<Plan>(() => firstPlan(found));
  const [consent, setConsent] = useState<ConsentDraft>(noConsent);
  const topics = useGet("/topics", { query: {} });
  const ready = withConsent(plan, consentPlan(consent, timezone));
  const byColumn = ready.columns.some(({ to }) => to === "consent");
  const { columns: detected } = found.detected;
  const keep = (answer: Import) => put("/imports/{import_id}", { path: { import_id: found.id } }, answer);
  const reading = useSend("put", "/imports/{import_id}/reading", {
    onSuccess: (answer) => {
      keep(answer);
      setPlan(firstPlan(answer));
    },
  });
  const start = useSend("post", "/imports/{import_id}/start", {
    onSuccess: (answer) => {
      keep(answer);
      follow({
        id: `import ${found.id}`,
        title: t("import.tray", { file: found.file_name }),
        to: `/people/imports/${found.id}`,
        look: () => lookAt(call, found.id, t),
        onEnd: () => void reread(),
      });
    },
  });
  const cancel = useSend("post", "/imports/{import_id}/cancel", {
    onSuccess: () => go("/people"),
  });
  const path = { import_id: found.id };
  const counted = countTargets(plan);
  const rows = rowsOf(found.id);
  const order = unordered(plan, detected)[0];
  const unread = !identitiesOf(plan.columns).length
    ? t("import.missing.identity")
    : plan.create === false && plan.existing === "skip"
      ? t("import.missing.nobody")
      : order && t("import.missing.order", { column: order.name });
  const doubt = consent.given ? undecided(plan, detected, consent.channel)[0] : undefined;
  const lacking = missingConsent(consent);
  const unsaid = lacking ? t(lacking) : doubt && t("import.missing.column", { column: doubt.name });
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
    <Page kind={step === "consent" ? "form" : "page"}>
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
            onReading={(body) => reading.mutate({ path, body })}
            reading={reading.isPending}
          />
          <FormError error={reading.error} />
          <FormFoot>
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
              {t("import.drop")}
            </Button>
            <Act disabled={!!unread} why={{ sentence: unread ?? "" }} onClick={() => next("consent")}>
              {t("import.next.consent")}
            </Act>
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
                plan={plan}
                detected={detected}
                onPlan={setPlan}
              />
            )}
          </Await>
          <FormFoot>
            <Button variant="default" onClick={() => next("columns")}>
              {t("back")}
            </Button>
            <Act disabled={!!unsaid} why={{ sentence: unsaid ?? "" }} onClick={() => next("confirm")}>
              {t("import.next.confirm")}
            </Act>
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
              {plan.create === false && <li>{t("import.confirm.known")}</li>}
              {!!plan.lists?.length && <li>{t("import.confirm.list")}</li>}
              {!!plan.tags?.length && <li>{t("import.confirm.tags", { tags: format.list(plan.tags) })}</li>}
              <li>
                {consent.given
                  ? t(byColumn ? "import.confirm.consentColumn" : "import.confirm.consent", {
                      topics: topicNames,
                      channel: t(`channel.${consent.channel}`),
                      origin: consent.origin,
                      day: consent.day ? format.day(consent.day) : "",
                    })
                  : t(byColumn ? "import.confirm.refusalsOnly" : "import.confirm.noConsent")}
              </li>
            </ul>
          </Section>
          <TrialSection found={found} plan={ready} />
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
