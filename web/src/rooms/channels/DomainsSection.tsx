import { Button } from "@mantine/core";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { CopyField } from "@/ui/CopyField";
import { Section } from "@/ui/Page";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import css from "./channels.module.css";
import { useT } from "./useT";

type DnsRecord = Shape<"RecordCheck">;
const tones: { [standing in DnsRecord["standing"]]: Tone } = {
  good: "good",
  look: "look",
  wrong: "bad",
  missing: "bad",
  unknown: "quiet",
};

/** What the DNS says of the domains that mail is from, asked when somebody wants to know. */
export function DomainsSection() {
  const t = useT();
  const check = useSend("post", "/email/domains/check", { asks: true });
  return (
    <Section title={t("domains.title")} note={t("domains.note")}>
      <div className={css.form}>
        <Button variant="default" className={css.start} loading={check.isPending} onClick={() => check.mutate({})}>
          {t(check.data ? "domains.again" : "domains.check")}
        </Button>
        <FormError error={check.error} />
        <div role="status">
          {check.data?.length === 0 && <p className={css.muted}>{t("domains.none")}</p>}
          {check.data?.map(({ domain, records }) => (
            <section key={domain} className={css.domain} aria-label={domain}>
              <h3>{domain}</h3>
              {records.map((record) => (
                <RecordLine key={record.kind} record={record} />
              ))}
            </section>
          ))}
        </div>
      </div>
    </Section>
  );
}

function RecordLine({ record: { kind, standing, name, why, found, wanted } }: { record: DnsRecord }) {
  const t = useT();
  return (
    <div className={css.record}>
      <p>
        <StateBadge tone={tones[standing]}>{t(`domains.standing.${standing}`)}</StateBadge>{" "}
        {why !== "reserved" && <strong>{t(`domains.${kind}`)}</strong>}
      </p>
      {why && <p className={css.muted}>{t(`domains.why.${why}`)}</p>}
      {found.map((text) => (
        <code key={text} className={css.dns}>
          {text}
        </code>
      ))}
      {wanted && (
        <>
          <p>{t("domains.publish", { name })}</p>
          <CopyField label={t("domains.publish", { name })} value={wanted} />
        </>
      )}
    </div>
  );
}
