import { useMemo } from "react";
import { useFormat } from "@/lib/format";
import { Unknown } from "@/ui/values";
import { useT } from "./useT";

/** The types an attribute can have. */
export const attributeTypes = ["text", "number", "money", "date", "boolean", "choice"] as const;
export type AttributeType = (typeof attributeTypes)[number];

interface Somebody {
  id: number;
  email?: string | null;
  phone?: string | null;
  external_id?: string | null;
  attributes?: Record<string, unknown>;
}

/** What a person is called on screen: their name where one is known, else the best identity. */
export function personName({ id, email, phone, external_id, attributes = {} }: Somebody): string {
  const word = (key: string) => (typeof attributes[key] === "string" ? (attributes[key] as string).trim() : "");
  const full = `${word("first_name")} ${word("last_name")}`.trim();
  return full || word("name") || word("full_name") || email || external_id || phone || `#${id}`;
}

/** Writes the stored value of an attribute as people read it: money in the workspace's currency, days by locale. */
export function useSayValue(): (type: string | undefined, value: unknown) => string {
  const format = useFormat();
  const t = useT();
  return useMemo(
    () => (type, value) => {
      if (type === "boolean" || typeof value === "boolean") return value ? t("yes") : t("no");
      if (type === "money" && typeof value === "number") return format.money(value);
      if (type === "date" && typeof value === "string") return format.day(value);
      if (typeof value === "number") return format.number(value);
      return typeof value === "string" ? value : JSON.stringify(value);
    },
    [format, t],
  );
}

/** The value of an attribute in a table or a list of facts. */
export function AttributeValue({ type, value }: { type: string | undefined; value: unknown }) {
  const say = useSayValue();
  const t = useT();
  if (value === null || value === undefined) return <Unknown why={t("notKnown")} />;
  return <span className={typeof value === "number" ? "g-num" : undefined}>{say(type, value)}</span>;
}
