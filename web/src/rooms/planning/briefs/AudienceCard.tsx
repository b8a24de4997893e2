import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { A } from "@/lib/links";
import { FindField } from "@/ui/FindField";
import { WordChoice } from "../InlineWord";
import css from "./briefs.module.css";
import { PassageField } from "./PassageField";
import { RemoveButton } from "./RemoveButton";
import type { useBrief } from "./useBrief";
import type { Passage } from "./usePassage";
import { useT } from "./useT";

export const kinds = ["motivation", "objection", "trigger"] as const;

interface Props {
  campaignId: string;
  audience: Passage;
  messages: Passage[];
  brief: ReturnType<typeof useBrief>;
  readOnly: boolean;
}

/** One audience of the brief: who they are, and two or three messages, each from something that moves them. */
export function AudienceCard({ campaignId, audience, messages, brief, readOnly }: Props) {
  const t = useT();
  const chosen = audience.audience_id ? { id: audience.audience_id, name: audience.audience_name ?? "" } : null;
  const next = kinds.find((kind) => !messages.some((message) => message.kind === kind)) ?? "motivation";
  return (
    <article className={css.card}>
      <header>
        {readOnly ? (
          audience.audience_id && <A to={`/audiences/${audience.audience_id}`}>{audience.audience_name}</A>
        ) : (
          <FindField
            among="/audiences"
            aria-label={t("audience.choose")}
            placeholder={t("audience.choose")}
            clearable
            value={audience.audience_id}
            chosen={chosen}
            onPick={(audience_id) => brief.place(audience, { audience_id, kind: null })}
          />
        )}
        {!readOnly && <RemoveButton label={t("audience.remove")} onRemove={() => brief.remove(audience)} />}
      </header>
      <PassageField
        campaignId={campaignId}
        passage={audience}
        label={t("audience.who")}
        quiet
        hint={t("audience.who.hint")}
        readOnly={readOnly}
      />
      {messages.length > 0 && (
        <ul className={css.messages} aria-label={t("messages")}>
          {messages.map((message) => (
            <li key={message.id}>
              <span className={css.kind}>
                <WordChoice
                  label={t("message.from")}
                  value={message.kind}
                  disabled={readOnly}
                  options={kinds.map((value) => ({
                    value,
                    label: t(`kind.${value}`),
                    note: t(`kind.${value}.meaning`),
                  }))}
                  onChange={(kind) => brief.place(message, { audience_id: null, kind })}
                >
                  {message.kind ? t(`kind.${message.kind}`) : t("message.from")}
                </WordChoice>
              </span>
              <PassageField
                campaignId={campaignId}
                passage={message}
                label={t("message")}
                quiet
                hint={t(`kind.${message.kind ?? "motivation"}.hint`)}
                readOnly={readOnly}
              />
              {!readOnly && <RemoveButton label={t("message.remove")} onRemove={() => brief.remove(message)} />}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconPlus size={14} />}
          onClick={() => brief.add({ section: "message", parent_id: audience.id, kind: next })}
        >
          {t("message.add")}
        </Button>
      )}
    </article>
  );
}
