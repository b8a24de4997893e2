import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import { attributeTypes } from "../values";
import css from "./imports.module.css";
import { Preview } from "./Preview";
import { aim, identitiesOf, targetId } from "./plan";
import type { Attribute, ColumnPlan, DetectedColumn, Import, Plan, Reading } from "./types";

interface Props {
  found: Import;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  onReading: (reading: Reading) => void;
  /** The file is being looked at again. */
  reading: boolean;
}

const encodings = [
  "utf-8",
  "utf-16",
  "windows-1252",
  "iso-8859-1",
  "iso-8859-15",
  "windows-1250",
  "gb18030",
  "big5",
  "shift_jis",
  "mac_roman",
];
const delimiters = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;
const dateFormats = ["ymd", "dmy", "mdy"] as const;
const numberFormats = ["point", "comma"] as const;

/** How the file is read, what each column becomes, and the first rows as they will be stored. */
export function Columns({ found, plan, onPlan, onReading, reading }: Props) {
  const t = useT();
  const attributes = (useGet("/attributes", {}).data ?? []) as Attribute[];
  const { detected } = found;
  const now = detected.reading;
  const workbook = /\.xlsx$/i.test(found.file_name);
  const identities = identitiesOf(plan.columns);
  const typeOf = (key: string) => attributes.find((one) => one.key === key)?.type;
  const setColumn = (column: ColumnPlan) =>
    onPlan({ ...plan, columns: plan.columns.map((one) => (one.column === column.column ? column : one)) });
  return (
    <>
      {!workbook && (
        <Section title={t("import.reading.title")} note={t("import.reading.note")}>
          <div className={css.reading}>
            <Select
              label={t("import.reading.encoding")}
              searchable
              allowDeselect={false}
              disabled={reading}
              value={now.encoding ?? "utf-8"}
              data={[...new Set([now.encoding ?? "utf-8", ...encodings])].map((value) => ({
                value,
                label: value.toUpperCase(),
              }))}
              onChange={(encoding) => encoding && encoding !== now.encoding && onReading({ ...now, encoding })}
            />
            <Select
              label={t("import.reading.delimiter")}
              allowDeselect={false}
              disabled={reading}
              value={now.delimiter ?? ","}
              data={Object.entries(delimiters).map(([value, name]) => ({ value, label: t(`delimiter.${name}`) }))}
              onChange={(delimiter) =>
                delimiter &&
                delimiter !== now.delimiter &&
                onReading({ ...now, delimiter: delimiter as Reading["delimiter"] })
              }
            />
            <Checkbox
              label={t("import.reading.header")}
              disabled={reading}
              checked={now.header !== false}
              onChange={(event) => onReading({ ...now, header: event.currentTarget.checked })}
            />
          </div>
        </Section>
      )}
      {detected.warnings?.map(({ code, sentence }) => (
        <p key={code} className={css.warning}>
          <IconAlertTriangle size={16} />
          {sentence}
        </p>
      ))}
      <Section title={t("import.columns.title")} note={t("import.columns.note")}>
        <ul className={css.columns}>
          {detected.columns.map((column) => {
            const chosen = plan.columns.find((one) => one.column === column.index);
            return (
              chosen && (
                <ColumnRow
                  key={column.index}
                  column={column}
                  chosen={chosen}
                  attributes={attributes}
                  onColumn={setColumn}
                  onTarget={(id) => onPlan(aim(plan, column, id, typeOf))}
                />
              )
            );
          })}
        </ul>
      </Section>
      <Section title={t("import.rules.title")}>
        {identities.length === 0 && (
          <p className={css.warning} role="alert">
            <IconAlertTriangle size={16} />
            {t("import.rules.noIdentity")}
          </p>
        )}
        <div className={css.rules}>
          {identities.length > 0 && (
            <Select
              label={t("import.rules.match")}
              description={t("import.rules.match.note")}
              allowDeselect={false}
              value={plan.match}
              data={identities.map((value) => ({ value, label: t(`target.${value}`) }))}
              onChange={(match) => match && onPlan({ ...plan, match: match as Plan["match"] })}
            />
          )}
          <Select
            label={t("import.rules.existing")}
            description={t(`existing.${plan.existing ?? "overwrite"}.note`)}
            allowDeselect={false}
            value={plan.existing ?? "overwrite"}
            data={(["overwrite", "fill", "skip"] as const).map((value) => ({ value, label: t(`existing.${value}`) }))}
            onChange={(existing) => existing && onPlan({ ...plan, existing: existing as Plan["existing"] })}
          />
          <TagsInput
            label={t("import.rules.tags")}
            description={t("import.rules.tags.note")}
            value={plan.tags ?? []}
            acceptValueOnBlur
            onChange={(tags) => onPlan({ ...plan, tags })}
          />
          {identities.includes("phone") && (
            <TextInput
              label={t("import.rules.country")}
              description={t("import.rules.country.note")}
              value={plan.country ?? ""}
              maxLength={2}
              placeholder="SE"
              onChange={(event) => onPlan({ ...plan, country: event.currentTarget.value.toUpperCase() })}
            />
          )}
        </div>
      </Section>
      {identities.length > 0 && <Preview id={found.id} plan={plan} attributes={attributes} />}
    </>
  );
}

interface RowProps {
  column: DetectedColumn;
  chosen: ColumnPlan;
  attributes: Attribute[];
  onTarget: (id: string) => void;
  onColumn: (column: ColumnPlan) => void;
}

function ColumnRow({ column, chosen, attributes, onTarget, onColumn }: RowProps) {
  const t = useT();
  const fresh = chosen.to === "new_attribute";
  const type = chosen.type ?? "text";
  const typed = fresh || chosen.to === "attribute";
  const formats = type === "date" ? dateFormats : type === "number" || type === "money" ? numberFormats : undefined;
  return (
    <li data-left={chosen.to === "skip" || undefined}>
      <div className={css.columnName}>
        <strong>{column.name}</strong>
        <span>{column.samples.slice(0, 4).join(" · ") || t("import.columns.noValues")}</span>
      </div>
      <div className={css.columnPlan}>
        <Select
          aria-label={t("import.columns.becomes", { name: column.name })}
          searchable
          allowDeselect={false}
          value={targetId(chosen)}
          maxDropdownHeight={360}
          data={[
            {
              group: t("import.target.identities"),
              items: (["email", "external_id", "phone"] as const).map((value) => ({
                value,
                label: t(`target.${value}`),
              })),
            },
            ...(attributes.length
              ? [
                  {
                    group: t("import.target.attributes"),
                    items: attributes.map(({ key, label }) => ({ value: `attribute ${key}`, label })),
                  },
                ]
              : []),
            {
              group: t("import.target.other"),
              items: (["new_attribute", "consent", "skip"] as const).map((value) => ({
                value,
                label: t(`target.${value}`),
              })),
            },
          ]}
          onChange={(id) => id && onTarget(id)}
        />
        {fresh && (
          <>
            <TextInput
              aria-label={t("import.columns.label", { name: column.name })}
              value={chosen.label ?? ""}
              maxLength={120}
              onChange={(event) => onColumn({ ...chosen, label: event.currentTarget.value })}
            />
            <Select
              aria-label={t("import.columns.type", { name: column.name })}
              allowDeselect={false}
              value={type}
              data={attributeTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
              onChange={(value) => value && onColumn({ ...chosen, type: value as ColumnPlan["type"] })}
            />
          </>
        )}
        {typed && formats && (
          <Select
            aria-label={t("import.columns.format", { name: column.name })}
            allowDeselect={false}
            value={chosen.format || formats[0]}
            data={formats.map((value) => ({ value, label: t(`format.${value}`) }))}
            onChange={(format) => format && onColumn({ ...chosen, format: format as ColumnPlan["format"] })}
          />
        )}
        {fresh && type === "choice" && (
          <span className={css.note}>{t("import.columns.choices", { count: chosen.choices?.length ?? 0 })}</span>
        )}
      </div>
    </li>
  );
}
