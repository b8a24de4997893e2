import { Fragment } from "react";
import { useGet } from "@/api/hooks";
import { type NameOf, readLiquid, sayPath } from "@/lib/liquid";
import { useWorkspaceSettings } from "@/lib/workspace";
import css from "./LiquidText.module.css";
import { useT } from "./useT";

/** How the values of Liquid are called here: a person's attributes by their labels. For a list: ask once, above it. */
export function useFieldNames(): NameOf {
  const t = useT();
  const labels = useGet("/attributes", {}, { slow: true }).data ?? [];
  return (path) => {
    const [thing, key] = path.split(".");
    if (thing === "person") {
      const own = labels.find((one) => one.key === key)?.label;
      if (own) return own;
      if (key === "email" || key === "phone" || key === "external_id") return t(`field.${key}`);
    }
    return sayPath(path);
  };
}

/** A short Liquid text, such as a subject, as people read it: what differs from person to person is a small label. */
export function LiquidText({ source, nameOf }: { source: string; nameOf: NameOf }) {
  const t = useT();
  const workspace = useWorkspaceSettings().name;
  return readLiquid(source).map((piece, index) => {
    if ("words" in piece) return <Fragment key={index}>{piece.words}</Fragment>;
    if (piece.path === "workspace.name") return <Fragment key={index}>{workspace}</Fragment>;
    const name = nameOf(piece.path);
    return (
      <span
        key={index}
        className={css.value}
        title={piece.fallback ? t("field.fallback", { name, fallback: piece.fallback }) : undefined}
      >
        {name}
      </span>
    );
  });
}
