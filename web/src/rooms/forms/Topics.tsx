import { MultiSelect, Select } from "@mantine/core";
import { useLooseGet } from "@/api/hooks";
import type { Field } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

interface Props {
  field: Field;
  set: (part: Partial<Field>) => void;
}

/** What a box of consent is given for. */
export function Topics({ field, set }: Props) {
  const t = useT();
  const topics = useLooseGet<{ id: number; name: string }[]>("/topics", {}, { fresh: 60_000 }).data ?? [];
  return (
    <div className={css.pair}>
      <Select
        label={t("consent.channel")}
        allowDeselect={false}
        data={(["email", "sms", "push"] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
        value={field.channel ?? "email"}
        onChange={(channel) => channel && set({ channel: channel as NonNullable<Field["channel"]> })}
      />
      <MultiSelect
        searchable
        label={t("consent.topics")}
        data={topics.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={(field.topics ?? []).map(String)}
        onChange={(values) => set({ topics: values.map(Number) })}
      />
    </div>
  );
}
