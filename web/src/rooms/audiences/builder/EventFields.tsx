import { ActionIcon, Autocomplete, Checkbox, Select } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { minorDigits, useFormat } from "@/lib/format";
import { BareDay, MoneyField, NumberField } from "@/rooms/people/fields";
import { type Leaf, type Op, type Period, type Property, refit } from "../rule";
import { useT } from "../useT";
import shared from "./builder.module.css";
import css from "./EventFields.module.css";
import { ValueField } from "./ValueField";

type EventLeaf = Leaf & { kind: "event" };
type MessageLeaf = Leaf & { kind: "message" };

/** Which event, whether it happened, how often, when, and what is known of it. */
export function EventFields({
  leaf,
  onChange,
  events,
}: {
  leaf: EventLeaf;
  onChange: (leaf: Leaf) => void;
  events: string[];
}) {
  const t = useT();
  const { currency } = useFormat();
  const times = leaf.at_least != null ? "least" : leaf.at_most != null ? "most" : "once";
  const digits = minorDigits(currency);
  const offered =
    useGet(
      "/events/properties",
      { query: { name: leaf.name } },
      { enabled: leaf.where.length > 0 && events.includes(leaf.name), slow: true },
    ).data ?? [];
  return (
    <>
      <Autocomplete
        className={shared.text}
        aria-label={t("field.event")}
        placeholder={t("field.event")}
        data={events}
        value={leaf.name}
        onChange={(name) => onChange({ ...leaf, name })}
      />
      <Select
        w={148}
        aria-label={t("field.state")}
        allowDeselect={false}
        value={leaf.did ? "did" : "not"}
        data={[
          { value: "did", label: t("field.did") },
          { value: "not", label: t("field.didNot") },
        ]}
        onChange={(value) =>
          onChange(
            value === "did"
              ? { ...leaf, did: true }
              : { ...leaf, did: false, at_least: null, at_most: null, total_at_least: null },
          )
        }
      />
      {leaf.did && (
        <>
          <Select
            w={136}
            aria-label={t("field.times")}
            allowDeselect={false}
            value={times}
            data={(["once", "least", "most"] as const).map((value) => ({ value, label: t(`field.${value}`) }))}
            onChange={(value) =>
              onChange({ ...leaf, at_least: value === "least" ? 2 : null, at_most: value === "most" ? 1 : null })
            }
          />
          {times !== "once" && (
            <NumberField
              label={t("field.count")}
              value={leaf.at_least ?? leaf.at_most}
              whole
              min={0}
              width={92}
              suffix={` ${t("field.timesUnit")}`}
              onChange={(n) =>
                onChange({
                  ...leaf,
                  at_least: times === "least" ? (n ?? 1) : null,
                  at_most: times === "most" ? (n ?? 0) : null,
                })
              }
            />
          )}
        </>
      )}
      <PeriodFields value={leaf} onChange={(when) => onChange({ ...leaf, ...when })} />
      {leaf.total_at_least != null && (
        <span className={css.part}>
          <span className={shared.word}>{t("field.total")}</span>
          <MoneyField
            label={t("field.total")}
            value={leaf.total_at_least}
            min={0}
            onChange={(amount) => onChange({ ...leaf, total_at_least: Math.max(1, amount ?? 0) })}
          />
          <ActionIcon
            aria-label={t("field.removeTotal")}
            size={24}
            onClick={() => onChange({ ...leaf, total_at_least: null })}
          >
            <IconX size={14} />
          </ActionIcon>
        </span>
      )}
      {leaf.where.map((property, index) => (
        <PropertyFields
          key={index}
          property={property}
          offered={offered}
          onChange={(next) =>
            onChange({ ...leaf, where: leaf.where.flatMap((one, at) => (at === index ? (next ? [next] : []) : [one])) })
          }
        />
      ))}
      <span className={css.adders}>
        <button
          type="button"
          className={css.adder}
          onClick={() =>
            onChange({ ...leaf, where: [...leaf.where, { property: "", type: "text", op: "is", value: "" }] })
          }
        >
          {t("field.addProperty")}
        </button>
        {leaf.did && leaf.total_at_least == null && (
          <button
            type="button"
            className={css.adder}
            onClick={() => onChange({ ...leaf, total_at_least: 10 ** (digits + 2) })}
          >
            {t("field.addTotal")}
          </button>
        )}
      </span>
    </>
  );
}

const propertyOps: Record<Property["type"], Op[]> = {
  text: ["is", "is_not", "contains", "not_contains", "starts_with", "known", "unknown"],
  number: ["is", "is_not", "lt", "le", "gt", "ge", "between", "known", "unknown"],
  boolean: ["is_true", "is_false", "known", "unknown"],
};
const beginnings: Record<Property["type"], { op: Op; value: Property["value"] }> = {
  text: { op: "is", value: "" },
  number: { op: "ge", value: null },
  boolean: { op: "is_true", value: null },
};

function PropertyFields({
  property,
  offered,
  onChange,
}: {
  property: Property;
  offered: Shape<"EventProperty">[];
  onChange: (property: Property | undefined) => void;
}) {
  const t = useT();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset can't be laid out as a row
    <span className={css.part} role="group" aria-label={`${t("field.property")} ${property.property}`}>
      <Autocomplete
        w={180}
        aria-label={t("field.property")}
        placeholder={t("field.property")}
        data={offered.map((one) => one.property)}
        value={property.property}
        maxLength={200}
        onChange={(name) => {
          const type = offered.find((one) => one.property === name)?.type ?? property.type;
          onChange({ ...property, property: name, ...(type !== property.type && { type, ...beginnings[type] }) });
        }}
      />
      <Select
        w={112}
        aria-label={t("field.propertyType")}
        allowDeselect={false}
        value={property.type}
        data={(["text", "number", "boolean"] as const).map((value) => ({ value, label: t(`field.${value}`) }))}
        onChange={(type) =>
          type && onChange({ ...property, type: type as Property["type"], ...beginnings[type as Property["type"]] })
        }
      />
      <Select
        w={150}
        aria-label={t("field.op")}
        allowDeselect={false}
        value={property.op}
        data={propertyOps[property.type].map((value) => ({ value, label: t(`op.${value}`) }))}
        onChange={(op) =>
          op && onChange({ ...property, op: op as Op, value: refit(property.value, property.op, op as Op) })
        }
      />
      <ValueField
        name={property.property || t("field.value")}
        type={property.type}
        op={property.op}
        value={property.value}
        onChange={(value) => onChange({ ...property, value })}
      />
      <ActionIcon
        aria-label={t("field.removeProperty", { name: property.property })}
        size={24}
        onClick={() => onChange(undefined)}
      >
        <IconX size={14} />
      </ActionIcon>
    </span>
  );
}

/** Ever, in the last days, or between two days. */
export function PeriodFields({ value, onChange }: { value: Period; onChange: (when: Period) => void }) {
  const t = useT();
  const kind = value.within_days != null ? "within" : value.since != null || value.until != null ? "dates" : "ever";
  return (
    <>
      <Select
        w={136}
        aria-label={t("field.when")}
        allowDeselect={false}
        value={kind}
        data={(["ever", "within", "dates"] as const).map((one) => ({ value: one, label: t(`field.${one}`) }))}
        onChange={(next) =>
          onChange({
            within_days: next === "within" ? 30 : null,
            since: next === "dates" ? `${new Date().getFullYear()}-01-01` : null,
            until: null,
          })
        }
      />
      {kind === "within" && (
        <NumberField
          label={t("field.days")}
          value={value.within_days}
          whole
          min={0}
          width={104}
          suffix={` ${t("field.daysUnit")}`}
          onChange={(n) => onChange({ within_days: n ?? 0, since: null, until: null })}
        />
      )}
      {kind === "dates" && (
        <>
          <BareDay
            label={t("field.from")}
            value={value.since ?? null}
            onChange={(since) =>
              onChange({ ...value, within_days: null, since: since ?? (value.until ? null : value.since) })
            }
          />
          <span className={shared.word}>{t("and")}</span>
          <BareDay
            label={t("field.to")}
            value={value.until ?? null}
            onChange={(until) => onChange({ ...value, within_days: null, until })}
          />
        </>
      )}
    </>
  );
}

/** Whether a message was sent, opened or clicked, of which campaign, and when. */
export function MessageFields({
  leaf,
  onChange,
  campaigns,
}: {
  leaf: MessageLeaf;
  onChange: (leaf: Leaf) => void;
  campaigns: Shape<"CampaignWord">[];
}) {
  const t = useT();
  return (
    <>
      <Select
        w={156}
        aria-label={t("field.state")}
        allowDeselect={false}
        value={leaf.did ? "did" : "not"}
        data={[
          { value: "did", label: t("field.yesMessage") },
          { value: "not", label: t("field.noMessage") },
        ]}
        onChange={(value) => onChange({ ...leaf, did: value === "did" })}
      />
      <Select
        w={180}
        aria-label={t("field.campaign")}
        allowDeselect={false}
        value={leaf.campaign ?? ""}
        searchable
        data={[
          { value: "", label: t("field.anyCampaign") },
          ...campaigns.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(campaign) => onChange({ ...leaf, campaign: campaign || null })}
      />
      <PeriodFields value={leaf} onChange={(when) => onChange({ ...leaf, ...when })} />
      {leaf.what !== "sent" && (
        <Checkbox
          size="xs"
          label={t("field.machines")}
          checked={leaf.include_machines}
          onChange={(event) => onChange({ ...leaf, include_machines: event.currentTarget.checked })}
        />
      )}
    </>
  );
}
