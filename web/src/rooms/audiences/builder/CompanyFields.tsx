import { Select } from "@mantine/core";
import { useGet } from "@/api/hooks";
import { type Leaf, type Op, type Property, refit } from "../rule";
import { useT } from "../useT";
import css from "./EventFields.module.css";
import { beginnings, propertyOps } from "./PropertyFields";
import { ValueField } from "./ValueField";

const kinds: Record<string, Property["type"]> = { string: "text", number: "number", boolean: "boolean" };

/** What the companies of a person must be: their name, or one of the properties that companies have. */
export function CompanyFields({
  leaf,
  onChange,
}: {
  leaf: Leaf & { kind: "company" };
  onChange: (leaf: Leaf) => void;
}) {
  const t = useT();
  const known = useGet("/companies/properties", {}, { slow: true }).data ?? [];
  const typeOf = (name: string): Property["type"] =>
    name ? (kinds[known.find((one) => one.name === name)?.type ?? ""] ?? leaf.type) : "text";
  const names = [...new Set([...known.map(({ name }) => name), ...(leaf.property ? [leaf.property] : [])])];
  return (
    <span className={css.part}>
      <Select
        w={180}
        aria-label={t("field.property")}
        searchable
        allowDeselect={false}
        value={leaf.property}
        data={[{ value: "", label: t("field.companyName") }, ...names.map((value) => ({ value, label: value }))]}
        onChange={(property) => {
          const type = typeOf(property ?? "");
          onChange({ ...leaf, property: property ?? "", ...(type !== leaf.type && { type, ...beginnings[type] }) });
        }}
      />
      <Select
        w={150}
        aria-label={t("field.op")}
        allowDeselect={false}
        value={leaf.op}
        data={propertyOps[leaf.type].map((value) => ({ value, label: t(`op.${value}`) }))}
        onChange={(op) => op && onChange({ ...leaf, op: op as Op, value: refit(leaf.value, leaf.op, op as Op) })}
      />
      <ValueField
        name={leaf.property || t("field.companyName")}
        type={leaf.type}
        op={leaf.op}
        value={leaf.value}
        onChange={(value) => onChange({ ...leaf, value })}
      />
    </span>
  );
}
