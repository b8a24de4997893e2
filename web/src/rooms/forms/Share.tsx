import { NumberInput, SegmentedControl, Select } from "@mantine/core";
import { useState } from "react";
import { A } from "@/lib/links";
import { CopyField } from "@/ui/CopyField";
import { Section } from "@/ui/Page";
import { EmptyState } from "@/ui/states";
import { allFields, type Form } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

const shows = ["inline", "popup", "slide", "bar"] as const;
type Show = (typeof shows)[number];
type When = "after" | "scroll" | "leaving";

/** Where a form is shown: its own page, and the line that puts it into another site. */
export function Share({ form }: { form: Form }) {
  const t = useT();
  const [show, setShow] = useState<Show>("inline");
  const [when, setWhen] = useState<When>("after");
  const [seconds, setSeconds] = useState(10);
  const [percent, setPercent] = useState(50);
  const [days, setDays] = useState(30);
  if (form.published === null)
    return (
      <EmptyState
        picture="letter"
        action={
          <A to={`/forms/${form.id}?tab=build`} className={css.link}>
            {t("share.build")}
          </A>
        }
      >
        {t("share.draft")}
      </EmptyState>
    );
  const base = new URL(form.url).origin;
  const timing = { after: ` data-after="${seconds}"`, scroll: ` data-scroll="${percent}"`, leaving: " data-leaving" };
  const options = show === "inline" ? "" : ` data-show="${show}"${timing[when]} data-again="${days}"`;
  const snippet = `<script async src="${base}/forms/embed.js" data-form="${form.id}"${options}></script>`;
  const field = allFields(form.definition).find(({ kind }) => kind === "email" || kind === "text");
  return (
    <div className={css.share}>
      {form.state !== "open" && <p role="status">{t("share.closed")}</p>}
      <Section title={t("share.page")} note={t("share.page.note")} card>
        <CopyField label={t("share.page")} value={form.url} />
        {field && <p className={css.muted}>{t("share.fill", { example: `${form.url}?${field.id}=…` })}</p>}
      </Section>
      <Section title={t("share.site")} note={t("share.site.note")} card>
        <SegmentedControl
          aria-label={t("share.how")}
          value={show}
          onChange={(value) => setShow(value as Show)}
          data={shows.map((value) => ({ value, label: t(`share.${value}`) }))}
        />
        {show !== "inline" && (
          <div className={css.pair}>
            <Select
              label={t("share.when")}
              allowDeselect={false}
              data={(["after", "scroll", "leaving"] as const).map((value) => ({
                value,
                label: t(`share.when.${value}`),
              }))}
              value={when}
              onChange={(value) => value && setWhen(value as When)}
            />
            {when === "after" && (
              <NumberInput
                label={t("share.seconds")}
                min={0}
                max={600}
                value={seconds}
                onChange={(v) => setSeconds(Number(v))}
              />
            )}
            {when === "scroll" && (
              <NumberInput
                label={t("share.percent")}
                min={0}
                max={100}
                value={percent}
                onChange={(v) => setPercent(Number(v))}
              />
            )}
            <NumberInput label={t("share.again")} min={0} max={365} value={days} onChange={(v) => setDays(Number(v))} />
          </div>
        )}
        <CopyField label={t("share.code")} value={snippet} />
        <p className={css.muted}>{t("share.site.where")}</p>
      </Section>
    </div>
  );
}
