import { SegmentedControl, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useFields } from "../draft";
import { useT } from "../useT";
import { useBench } from "./context";
import css from "./inspector.module.css";

const SIMPLE = /^person\.(\w+)(?:\s*(==|!=|contains)\s*"([^"{}%]*)")?$/;
const signs = { is: "==", not: "!=", has: "contains", filled: "" } as const;
type Sign = keyof typeof signs;

/** Who sees a block: a field of the person and what it says, or a condition in Liquid. */
export function ConditionField({ value, onChange }: { value: string; onChange: (condition: string) => void }) {
  const t = useT();
  const fields = useFields();
  const { nameOf } = useBench();
  const read = SIMPLE.exec(value);
  const [own, setOwn] = useState(!read && value !== "");
  const key = read?.[1] ?? "first_name";
  const sign = (Object.keys(signs) as Sign[]).find((one) => signs[one] === (read?.[2] ?? "")) ?? "filled";
  const word = read?.[3] ?? "";
  const write = (next: { key?: string; sign?: Sign; word?: string }) => {
    const now = { key, sign, word, ...next };
    const text = now.word.replace(/["{}%]/g, "");
    onChange(now.sign === "filled" ? `person.${now.key}` : `person.${now.key} ${signs[now.sign]} "${text}"`);
  };
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t("blocks.condition")}
        value={own ? "own" : "field"}
        onChange={(mode) => {
          setOwn(mode === "own");
          if (mode === "field" && !read) write({});
        }}
        data={[
          { value: "field", label: t("blocks.condition.field") },
          { value: "own", label: t("blocks.condition.own") },
        ]}
      />
      {own ? (
        <TextInput
          label={t("blocks.condition")}
          placeholder={'person.city == "Lyon"'}
          value={value}
          maxLength={2000}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      ) : (
        <>
          <Select
            label={t("insert.field")}
            searchable
            allowDeselect={false}
            value={key}
            data={[
              ...fields.map((field) => ({ value: field.key, label: field.label })),
              ...(fields.some((field) => field.key === key) ? [] : [{ value: key, label: nameOf(`person.${key}`) }]),
            ]}
            onChange={(next) => next && write({ key: next })}
          />
          <Select
            label={t("blocks.condition.sign")}
            allowDeselect={false}
            value={sign}
            data={(Object.keys(signs) as Sign[]).map((one) => ({ value: one, label: t(`blocks.condition.${one}`) }))}
            onChange={(next) => write({ sign: next as Sign })}
          />
          {sign !== "filled" && (
            <TextInput
              label={t("blocks.condition.word")}
              value={word}
              maxLength={200}
              onChange={(event) => write({ word: event.currentTarget.value })}
            />
          )}
        </>
      )}
      <p className={css.note}>{t("blocks.condition.note")}</p>
    </>
  );
}
