import { Checkbox, ColorInput, NumberInput, Select, TagsInput, Textarea, TextInput } from "@mantine/core";
import { languages } from "@/lib/i18n";
import { DayField } from "@/ui/DateField";
import { FindField } from "@/ui/FindField";
import { Section } from "@/ui/Page";
import type { Definition } from "./definition";
import type { Draft } from "./draft";
import css from "./forms.module.css";
import { useT } from "./useT";

/** What happens with an answer, when the form ends, and how it looks. */
export function After({ draft, may }: { draft: Draft; may: boolean }) {
  const t = useT();
  const { definition, set } = draft;
  const thanks = { title: "", text: "", address: "", ...definition.thanks };
  const mail = definition.mail ?? null;
  return (
    <fieldset className={css.after} disabled={!may}>
      <Section title={t("after")} card>
        <Checkbox
          label={t("confirm")}
          description={t("confirm.note")}
          checked={definition.confirm ?? true}
          onChange={(event) => set({ confirm: event.currentTarget.checked })}
        />
        <TextInput
          label={t("thanks.title")}
          maxLength={200}
          value={thanks.title}
          onChange={(event) => set({ thanks: { ...thanks, title: event.currentTarget.value } }, "thanks title")}
        />
        <Textarea
          label={t("thanks.text")}
          autosize
          minRows={2}
          maxLength={5000}
          value={thanks.text}
          onChange={(event) => set({ thanks: { ...thanks, text: event.currentTarget.value } }, "thanks text")}
        />
        <TextInput
          label={t("thanks.address")}
          placeholder="https://"
          type="url"
          value={thanks.address}
          error={/^(https:\/\/\S+)?$/.test(thanks.address) ? undefined : t("thanks.address.wrong")}
          onChange={(event) => set({ thanks: { ...thanks, address: event.currentTarget.value } }, "thanks address")}
        />
        <Checkbox
          label={t("mail")}
          checked={mail !== null}
          onChange={(event) =>
            set({ mail: event.currentTarget.checked ? { subject: t("mail.begin"), text: t("mail.begin.text") } : null })
          }
        />
        {mail && (
          <>
            <TextInput
              label={t("mail.subject")}
              maxLength={200}
              value={mail.subject}
              onChange={(event) => set({ mail: { ...mail, subject: event.currentTarget.value } }, "mail subject")}
            />
            <Textarea
              label={t("mail.text")}
              autosize
              minRows={3}
              maxLength={5000}
              value={mail.text}
              onChange={(event) => set({ mail: { ...mail, text: event.currentTarget.value } }, "mail text")}
            />
          </>
        )}
        <TagsInput
          label={t("tags")}
          description={t("tags.note")}
          maxTags={20}
          value={definition.tags ?? []}
          onChange={(tags) => set({ tags })}
        />
        <FindField
          label={t("list")}
          description={t("list.note")}
          among="/audiences"
          kind="list"
          clearable
          value={definition.list_id ?? null}
          onPick={(list_id) => set({ list_id })}
        />
      </Section>
      <Section title={t("limits")} card>
        <div className={css.pair}>
          <NumberInput
            label={t("limit.most")}
            min={1}
            value={definition.most ?? ""}
            onChange={(value) => set({ most: value === "" ? null : Number(value) })}
          />
          <DayField
            label={t("limit.closes")}
            value={definition.closes_on ?? null}
            onChange={(closes_on) => set({ closes_on })}
          />
        </div>
        <Checkbox
          label={t("limit.once")}
          checked={definition.once_each ?? false}
          onChange={(event) => set({ once_each: event.currentTarget.checked })}
        />
      </Section>
      <Section title={t("look")} card>
        <div className={css.pair}>
          <Select
            label={t("look.language")}
            allowDeselect={false}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            value={definition.language ?? "en"}
            onChange={(language) => language && set({ language: language as NonNullable<Definition["language"]> })}
          />
          <TextInput
            label={t("look.button")}
            maxLength={200}
            value={definition.button ?? ""}
            onChange={(event) => set({ button: event.currentTarget.value }, "button")}
          />
          <ColorInput
            label={t("look.accent")}
            format="hex"
            withEyeDropper={false}
            value={definition.accent ?? ""}
            onChange={(accent) => /^(#[0-9a-f]{6})?$/i.test(accent) && set({ accent }, "accent")}
          />
        </div>
      </Section>
    </fieldset>
  );
}
