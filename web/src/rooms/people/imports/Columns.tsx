import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { FindField } from "@/ui/FindField";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import { attributeTypes } from "../values";
import css from "./Columns.module.css";
import shared from "./imports.module.css";
import { Preview } from "./Preview";
import { aim, identitiesOf, targetId } from "./plan";
import {
  type Answer,
  type Attribute,
  type ColumnPlan,
  type DetectedColumn,
  type Import,
  isWarning,
  type Plan,
  type Reading,
} from "./types";

interface Props {
  found: Import;
  plan: Plan;
  onPlan: (plan: Plan) => void;
  onReading: (reading: Reading) => void;
  /** The file is being looked at again. */
  reading: boolean;
}

/** Encodings by the names that people know; the API takes others too. */
const encodings: Record<string, string> = {
  "utf-8": "UTF-8",
  "utf-8-sig": "UTF-8 (BOM)",
  "utf-16": "UTF-16",
  "utf-16-le": "UTF-16 LE",
  "utf-16-be": "UTF-16 BE",
  cp1252: "Windows-1252",
  "iso8859-1": "ISO 8859-1",
  "iso8859-15": "ISO 8859-15",
  "mac-roman": "Mac Roman",
  cp850: "CP850 (DOS)",
  cp1250: "Windows-1250",
  cp1251: "Windows-1251",
  cp1253: "Windows-1253",
  cp1254: "Windows-1254",
  cp1257: "Windows-1257",
  gb18030: "GB 18030",
  big5: "Big5",
  cp932: "Shift JIS",
  euc_jp: "EUC-JP",
  cp949: "EUC-KR",
};
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
      {(detected.sheets?.length ?? 0) > 1 && (
        <Section title={t("import.sheet.title")}>
          <Select
            label={t("import.sheet")}
            allowDeselect={false}
            disabled={reading}
            maw={360}
            value={now.sheet}
            data={detected.sheets}
            onChange={(sheet) => sheet && sheet !== now.sheet && onReading({ ...now, sheet })}
          />
        </Section>
      )}
      {!workbook && (
        <Section title={t("import.reading.title")} note={t("import.reading.note")}>
          <div className={css.reading}>
            <Select
              label={t("import.reading.encoding")}
              searchable
              allowDeselect={false}
              disabled={reading}
              value={now.encoding ?? "utf-8"}
              data={[...new Set([now.encoding ?? "utf-8", ...Object.keys(encodings)])].map((value) => ({
                value,
                label: encodings[value] ?? value.toUpperCase(),
              }))}
              onChange={(encoding) =>
                encoding &&
                encoding !== now.encoding &&
                onReading({ ...now, encoding: encoding as Reading["encoding"] })
              }
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
      {detected.warnings?.map(({ code, values = {} }) =>
        isWarning(code) ? (
          <p key={`${code} ${values.column ?? ""}`} className={css.warning}>
            <IconAlertTriangle size={16} />
            {t.told(`warning.${code}`, values.count ? { ...values, count: Number(values.count) } : values)}
          </p>
        ) : null,
      )}
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
                  existing={plan.existing}
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
              description={t(plan.match === "any" ? "import.rules.match.any.note" : "import.rules.match.note")}
              allowDeselect={false}
              value={plan.match}
              data={[
                ...identities.map((value) => ({ value, label: t(`target.${value}`) })),
                ...(identities.length > 1 ? [{ value: "any", label: t("import.rules.match.any") }] : []),
              ]}
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
          <Select
            label={t("import.rules.create")}
            description={t("import.rules.create.note")}
            allowDeselect={false}
            value={plan.create === false ? "no" : "yes"}
            error={plan.create === false && plan.existing === "skip" && t("import.missing.nobody")}
            data={(["yes", "no"] as const).map((value) => ({ value, label: t(`import.rules.create.${value}`) }))}
            onChange={(create) => onPlan({ ...plan, create: create !== "no" })}
          />
          <FindField
            among="/audiences"
            kind="list"
            label={t("import.rules.list")}
            description={t("import.rules.list.note")}
            clearable
            value={plan.lists?.[0] ?? null}
            onPick={(list) => onPlan({ ...plan, lists: list ? [list] : [] })}
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
  existing: Plan["existing"];
  onTarget: (id: string) => void;
  onColumn: (column: ColumnPlan) => void;
}

function ColumnRow({ column, chosen, attributes, existing, onTarget, onColumn }: RowProps) {
  const t = useT();
  const format = useFormat();
  const sayAnswers = ({ consent }: DetectedColumn, { answers = {} }: ColumnPlan) => {
    const counts = new Map<Answer, number>();
    for (const { text, count } of consent?.meanings ?? [])
      counts.set(answers[text] ?? "open", (counts.get(answers[text] ?? "open") ?? 0) + count);
    return format.list([...counts].map(([answer, count]) => t(`answer.${answer}.count`, { count })));
  };
  const fresh = chosen.to === "new_attribute";
  const type = chosen.type ?? "text";
  const dated = chosen.to === "consent_date";
  const typed = fresh || dated || chosen.to === "attribute";
  const formats =
    dated || type === "date" ? dateFormats : type === "number" || type === "money" ? numberFormats : undefined;
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
              items: (["new_attribute", "company", "tags", "consent", "consent_date", "skip"] as const).map(
                (value) => ({
                  value,
                  label: t(`target.${value}`),
                }),
              ),
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
            value={chosen.format || (column.doubtful ? null : formats[0])}
            placeholder={t("import.columns.order")}
            error={column.doubtful && !chosen.format}
            data={formats.map((value) => ({ value, label: t(`format.${value}`) }))}
            onChange={(format) => format && onColumn({ ...chosen, format: format as ColumnPlan["format"] })}
          />
        )}
        {chosen.to === "attribute" && existing !== "skip" && (
          <Select
            aria-label={t("import.columns.rule", { name: column.name })}
            allowDeselect={false}
            value={chosen.rule || existing || "overwrite"}
            data={(["overwrite", "fill"] as const).map((value) => ({ value, label: t(`rule.${value}`) }))}
            onChange={(rule) =>
              rule && onColumn({ ...chosen, rule: rule === existing ? "" : (rule as ColumnPlan["rule"]) })
            }
          />
        )}
        {fresh && type === "choice" && (
          <span className={shared.note}>{t("import.columns.choices", { count: chosen.choices?.length ?? 0 })}</span>
        )}
        {chosen.to === "consent" && <span className={css.wide}>{sayAnswers(column, chosen)}</span>}
      </div>
    </li>
  );
}
