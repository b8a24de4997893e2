import { Button } from "@mantine/core";
import { IconArrowUpRight } from "@tabler/icons-react";
import { useApi, useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { liquidWords } from "@/lib/liquid";
import { FindField } from "@/ui/FindField";
import { LiquidText, useFieldNames } from "@/ui/LiquidText";
import { Name, When } from "@/ui/values";
import { useT } from "../useT";
import type { Touchpoint } from "../words";
import css from "./ContentPreview.module.css";
import shared from "./touchpoints.module.css";

interface Props {
  touchpoint: Touchpoint;
  templateId: string | null;
  disabled: boolean;
  onChange: (templateId: string | null) => void;
}

/** Which email is sent, and what it looks like. */
export function ContentPreview({ touchpoint, templateId, disabled, onChange }: Props) {
  const t = useT();
  return (
    <>
      <FindField
        among="/templates"
        aria-label={t("plan.content")}
        placeholder={t("plan.content.hint")}
        disabled={disabled}
        allowDeselect={false}
        value={templateId}
        chosen={touchpoint.template}
        onPick={onChange}
        empty={
          <p className={shared.hint}>
            {t("plan.content.missing")} <A to="/content">{t("plan.content.write")}</A>
          </p>
        }
      />
      {templateId && <Letter templateId={templateId} />}
    </>
  );
}

/** A letter as it is now: subject, first words and a small picture of it. */
export function Letter({ templateId, version }: { templateId: string; version?: number | null }) {
  const t = useT();
  const { url } = useApi();
  const nameOf = useFieldNames();
  const template = useGet("/templates/{template_id}", { path: { template_id: templateId } });
  if (!template.data) return null;
  const { subject, preheader, updated_at, saved_by } = template.data;
  const number = version ?? template.data.version;
  return (
    <div className={css.letter}>
      <div className={css.sheet}>
        <iframe
          title={t("letter.preview", { subject: liquidWords(subject, nameOf) })}
          sandbox=""
          loading="lazy"
          tabIndex={-1}
          src={url(`/templates/${templateId}/versions/${number}/preview.html`)}
        />
      </div>
      <div className={css.letterWords}>
        <p className={css.subject}>
          {subject ? <LiquidText source={subject} nameOf={nameOf} /> : t("letter.noSubject")}
        </p>
        {preheader && (
          <p className={shared.hint}>
            <LiquidText source={preheader} nameOf={nameOf} />
          </p>
        )}
        <p className={shared.hint}>
          {t("letter.version", { version: number })} · <When at={updated_at} /> · <Name>{saved_by}</Name>
        </p>
        <Button
          component={A}
          to={`/content/${templateId}`}
          variant="default"
          size="xs"
          rightSection={<IconArrowUpRight size={14} />}
        >
          {t("letter.open")}
        </Button>
      </div>
    </div>
  );
}
