import { Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { ApiError } from "@/api/errors";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { wallToInstant } from "@/lib/zones";
import { DayField } from "@/ui/DateField";
import { FormDialog } from "@/ui/Dialog";
import { say } from "@/ui/tray";
import type { Attribute } from "./imports/types";
import css from "./people.module.css";
import { useT } from "./useT";

const named = ["first_name", "last_name"] as const;

/** Adds one person by hand: who it is, and what they agreed to with its proof. Somebody who is here already is shown. */
export function AddPerson({ attributes, onClose }: { attributes: Attribute[]; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const go = useGo();
  const { timezone } = useWorkspaceSettings();
  const topics = useGet("/topics", { query: {} }, { slow: true }).data ?? [];
  const [who, setWho] = useState<Record<string, string>>({});
  const [agreed, setAgreed] = useState<string[]>([]);
  const [day, setDay] = useState<string | null>(null);
  const [origin, setOrigin] = useState("");
  const [wording, setWording] = useState("");
  const add = useSend("post", "/people", {
    onSuccess: ({ id }) => {
      say(t("add.done"));
      onClose();
      go(`/people/${id}`);
    },
  });
  const filled = (key: string) => who[key]?.trim() || null;
  const known =
    add.error instanceof ApiError && add.error.code === "person_known" ? add.error.more.person_id : undefined;
  const names = attributes.filter(({ key }) => named.some((one) => one === key));
  const proved = agreed.length === 0 || (day !== null && origin.trim() !== "");
  const field = (key: string, label: string, type?: string) => (
    <TextInput
      key={key}
      label={label}
      type={type}
      data-autofocus={key === "email" || undefined}
      value={who[key] ?? ""}
      onChange={({ currentTarget: { value } }) => setWho((before) => ({ ...before, [key]: value }))}
    />
  );
  return (
    <FormDialog
      title={t("add.title")}
      onClose={onClose}
      action={t("add.action")}
      busy={add.isPending}
      disabled={!(filled("email") || filled("phone") || filled("external_id")) || !proved}
      error={known === undefined ? add.error : undefined}
      onSubmit={() =>
        add.mutate({
          body: {
            email: filled("email"),
            phone: filled("phone"),
            external_id: filled("external_id"),
            attributes: Object.fromEntries(names.flatMap(({ key }) => (filled(key) ? [[key, filled(key)]] : []))),
            only_new: true,
            consent:
              agreed.length && day
                ? {
                    topic_ids: agreed.map(Number),
                    at: wallToInstant(day, timezone),
                    origin: origin.trim(),
                    wording: wording.trim(),
                  }
                : null,
          },
        })
      }
    >
      {field("email", t("target.email"), "email")}
      {names.map(({ key, label }) => field(key, label))}
      {field("phone", t("target.phone"), "tel")}
      {field("external_id", t("target.external_id"))}
      {known !== undefined && (
        <p role="alert" className={css.known}>
          {t("add.known")} <A to={`/people/${known}`}>{t("add.open")}</A>
        </p>
      )}
      <Checkbox.Group label={t("add.consent")} description={t("add.consent.note")} value={agreed} onChange={setAgreed}>
        <div className={css.topics}>
          {topics.map(({ id, name }) => (
            <Checkbox key={id} value={String(id)} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      {agreed.length > 0 && (
        <>
          <DayField label={t("import.consent.day")} required value={day} onChange={setDay} max={format.dayIn()} />
          <TextInput
            label={t("import.consent.origin")}
            description={t("add.origin.note")}
            required
            withAsterisk={false}
            maxLength={500}
            value={origin}
            onChange={(event) => setOrigin(event.currentTarget.value)}
          />
          <TextInput
            label={t("import.consent.wording")}
            maxLength={10_000}
            value={wording}
            onChange={(event) => setWording(event.currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
