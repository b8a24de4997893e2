import { Checkbox, Radio, Select, Textarea, TextInput } from "@mantine/core";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { wallToInstant } from "@/lib/zones";
import { DayField } from "@/ui/DateField";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import css from "./ConsentStep.module.css";
import { FileSays } from "./FileSays";
import type { DetectedColumn, Plan } from "./types";

const channels = ["email", "sms", "push"] as const;
const capital = (word: string) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** What is said about consent before the start. `given` undefined: not answered yet. */
export interface ConsentDraft {
  given: boolean | undefined;
  channel: (typeof channels)[number];
  topics: string[];
  day: string | null;
  origin: string;
  wording: string;
}
export const noConsent: ConsentDraft = {
  given: undefined,
  channel: "email",
  topics: [],
  day: null,
  origin: "",
  wording: "",
};

/** The draft as the API wants it. */
export function consentPlan(draft: ConsentDraft, timezone: string): Plan["consent"] {
  if (!draft.given || !draft.day) return null;
  return {
    channel: draft.channel,
    topic_ids: draft.topics.map(Number),
    at: wallToInstant(draft.day, timezone),
    origin: draft.origin.trim(),
    wording: draft.wording.trim(),
  };
}

/** What is still missing before the next step, as a key of the words for it. */
export function missingConsent({ given, topics, day, origin }: ConsentDraft) {
  if (given === undefined) return "import.missing.consent";
  if (!given) return undefined;
  if (!topics.length) return "import.missing.topics";
  if (!day) return "import.missing.day";
  return origin.trim() ? undefined : "import.missing.origin";
}

interface Props {
  draft: ConsentDraft;
  onDraft: (draft: ConsentDraft) => void;
  topics: Shape<"Topic">[];
  plan: Plan;
  detected: DetectedColumn[];
  onPlan: (plan: Plan) => void;
}

/** Where the permission of these people comes from: what for, how, when, and under which words. Or none. */
export function ConsentStep({ draft, onDraft, topics, plan, detected, onPlan }: Props) {
  const t = useT();
  const format = useFormat();
  const byColumn = plan.columns.some(({ to }) => to === "consent");
  const set = (part: Partial<ConsentDraft>) => onDraft({ ...draft, ...part });
  return (
    <>
      <FileSays plan={plan} detected={detected} channel={draft.channel} onPlan={onPlan} />
      <Section title={t("import.consent.title")} note={t("import.consent.note")}>
        <Radio.Group
          aria-label={t("import.consent.title")}
          value={draft.given === undefined ? "" : draft.given ? "yes" : "no"}
          onChange={(value) =>
            set({
              given: value === "yes",
              topics:
                value === "yes" && !draft.topics.length ? topics.slice(0, 1).map(({ id }) => String(id)) : draft.topics,
            })
          }
        >
          <div className={css.choices}>
            <Radio
              value="yes"
              label={t("import.consent.yes")}
              description={t(byColumn ? "import.consent.yes.column" : "import.consent.yes.note")}
            />
            <Radio
              value="no"
              label={t("import.consent.no")}
              description={t(byColumn ? "import.consent.no.column" : "import.consent.no.note")}
            />
          </div>
        </Radio.Group>
        {draft.given && (
          <div className={css.form}>
            <div className={css.pair}>
              <Select
                label={t("import.consent.channel")}
                allowDeselect={false}
                value={draft.channel}
                data={channels.map((value) => ({ value, label: capital(t(`channel.${value}`)) }))}
                onChange={(value) => value && set({ channel: value as ConsentDraft["channel"] })}
              />
              <DayField
                label={t("import.consent.day")}
                required
                value={draft.day}
                onChange={(day) => set({ day })}
                max={format.dayIn()}
              />
            </div>
            <Checkbox.Group
              label={t("import.consent.topics")}
              value={draft.topics}
              onChange={(value) => set({ topics: value })}
            >
              <div className={css.choices}>
                {topics.map(({ id, name, description }) => (
                  <Checkbox key={id} value={String(id)} label={name} description={description || undefined} />
                ))}
              </div>
            </Checkbox.Group>
            <TextInput
              data-typed
              label={t("import.consent.origin")}
              description={t("import.consent.origin.note")}
              required
              withAsterisk={false}
              maxLength={500}
              value={draft.origin}
              onChange={(event) => set({ origin: event.currentTarget.value })}
            />
            <Textarea
              data-typed
              label={t("import.consent.wording")}
              description={t("import.consent.wording.note")}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={10_000}
              value={draft.wording}
              onChange={(event) => set({ wording: event.currentTarget.value })}
            />
          </div>
        )}
      </Section>
    </>
  );
}
