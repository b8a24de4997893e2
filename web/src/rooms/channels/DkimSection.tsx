import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { CopyField } from "@/ui/CopyField";
import { ConfirmDanger } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import css from "./channels.module.css";
import { useT } from "./useT";

/** The signing key: make one, publish its record, or stop signing. */
export function DkimSection({ settings, may }: { settings: Shape<"EmailSettingsOut">; may: boolean }) {
  const t = useT();
  const [domain, setDomain] = useState("");
  const [ending, setEnding] = useState(false);
  const make = useSend("post", "/email/dkim");
  const remove = useSend("delete", "/email/dkim");
  const record = settings.dkim_record;
  return (
    <Section title={t("dkim.title")} note={t("dkim.note")}>
      {record ? (
        <div className={css.form}>
          <p>{t("dkim.publish", { domain: settings.dkim_domain })}</p>
          <CopyField label={t("dkim.name")} value={record.name} />
          <CopyField label={t("dkim.value")} value={record.value} />
          {may && (
            <Button variant="default" className={css.start} onClick={() => setEnding(true)}>
              {t("dkim.remove")}
            </Button>
          )}
          <ConfirmDanger
            opened={ending}
            onClose={() => setEnding(false)}
            title={t("dkim.remove.title", { domain: settings.dkim_domain })}
            loses={[t("dkim.remove.loses")]}
            action={t("dkim.remove")}
            onConfirm={() => remove.mutateAsync({})}
          />
        </div>
      ) : (
        may && (
          <form
            className={css.inline}
            onSubmit={(event) => {
              event.preventDefault();
              make.mutate({ body: { domain, selector: "gonfalon" } });
            }}
          >
            <TextInput
              label={t("dkim.domain")}
              placeholder="example.com"
              required
              withAsterisk={false}
              value={domain}
              onChange={(event) => setDomain(event.currentTarget.value)}
            />
            <Button type="submit" variant="default" loading={make.isPending}>
              {t("dkim.make")}
            </Button>
            <FormError error={make.error} />
          </form>
        )
      )}
    </Section>
  );
}
