import { TextInput } from "@mantine/core";
import { RowsField } from "@/ui/RowsField";
import { keyFor, type Option } from "./definition";
import fields from "./Fields.module.css";
import { useT } from "./useT";

interface Props {
  label: string;
  options: Option[];
  /** Whether choosing one may give a tag. */
  tags?: boolean;
  onChange: (options: Option[]) => void;
}

/** Answers to choose from, each with its words and, where asked for, the tag that it gives. */
export function OptionsField({ label, options, tags, onChange }: Props) {
  const t = useT();
  const change = (rows: Option[]) => {
    // Keys stay: answers are kept under them.
    const taken: string[] = [];
    onChange(
      rows.map((row) => {
        const value = row.value || keyFor(row.label || "option", [...taken, ...rows.map((one) => one.value)], "option");
        taken.push(value);
        return { ...row, value };
      }),
    );
  };
  return (
    <fieldset className={fields.options}>
      <legend>{label}</legend>
      <RowsField
        rows={options}
        onChange={change}
        blank={{ value: "", label: t("option.begin", { number: options.length + 1 }) }}
        add={t("option.add")}
        remove={(at) => t("option.remove", { name: options[at]?.label ?? "" })}
        most={60}
        className={fields.option}
      >
        {(row, set, at) => (
          <>
            <TextInput
              aria-label={t("option.label", { number: at + 1 })}
              maxLength={500}
              value={row.label}
              onChange={(event) => set({ label: event.currentTarget.value })}
            />
            {tags && (
              <TextInput
                aria-label={t("option.tag", { name: row.label })}
                placeholder={t("option.tag.none")}
                maxLength={100}
                value={row.tag ?? ""}
                onChange={(event) => set({ tag: event.currentTarget.value })}
              />
            )}
          </>
        )}
      </RowsField>
    </fieldset>
  );
}
