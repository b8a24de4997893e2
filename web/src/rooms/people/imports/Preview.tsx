import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ApiError } from "@/api/errors";
import { useApi } from "@/api/hooks";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import { useSayValue } from "../values";
import css from "./imports.module.css";
import { ScrollBox } from "./ScrollBox";
import { type Attribute, isReason, type Plan, type PreviewRow, type Reason } from "./types";

/** The first rows exactly as they will be stored; what would be rejected says why. */
export function Preview({ id, plan, attributes }: { id: string; plan: Plan; attributes: Attribute[] }) {
  const t = useT();
  const sayValue = useSayValue();
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  const [asked] = useDebouncedValue(plan, 300);
  const preview = useQuery<{ rows: PreviewRow[]; keys: Record<string, string> }, ApiError>({
    queryKey: ["w", slug, "/imports/preview", id, JSON.stringify(asked)],
    queryFn: () =>
      ask("post", "/imports/{import_id}/preview", { path: { import_id: id }, body: { ...asked, consent: null } }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const named = useMemo(() => {
    const labels = new Map<string, { label: string; type: string }>();
    for (const { key, label, type } of attributes) labels.set(key, { label, type });
    for (const one of asked.columns) {
      const key = preview.data?.keys[one.column];
      if (key && one.to === "new_attribute") labels.set(key, { label: one.label ?? "", type: one.type ?? "text" });
    }
    return labels;
  }, [attributes, asked, preview.data]);
  const rows = preview.data?.rows ?? [];
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row.attributes ?? {})))];
  const identities = (["email", "external_id", "phone"] as const).filter((kind) =>
    asked.columns.some(({ to }) => to === kind),
  );
  const byColumn = asked.columns.some(({ to }) => to === "consent");
  const tagged = asked.columns.some(({ to }) => to === "tags");
  const bad = rows.filter(({ taken }) => taken === false).length;
  const why = ({ field, reason }: PreviewRow) => (
    <>
      {field && <strong>{field}: </strong>}
      {isReason(reason ?? "") ? t(`reason.${reason as Reason}`) : reason}
    </>
  );
  return (
    <Section
      title={t("import.preview.title")}
      note={preview.data && t("import.preview.note", { count: rows.length, bad })}
    >
      {preview.error && <ErrorState inline error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && !preview.error && <SkeletonLines lines={8} />}
      {rows.length > 0 && (
        <ScrollBox label={t("import.preview.title")} busy={preview.isFetching}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("import.preview.line")}</th>
                {identities.map((kind) => (
                  <th key={kind} scope="col">
                    {t(`target.${kind}`)}
                  </th>
                ))}
                {byColumn && <th scope="col">{t("target.consent")}</th>}
                {tagged && <th scope="col">{t("target.tags")}</th>}
                {keys.map((key) => (
                  <th key={key} scope="col">
                    {named.get(key)?.label || key}
                  </th>
                ))}
                {rows.some(({ taken, reason }) => taken !== false && reason) && (
                  <th scope="col">{t("import.preview.leftOut")}</th>
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line} data-bad={row.taken === false || undefined}>
                  <td className="g-num">{row.line}</td>
                  {row.taken === false ? (
                    <td
                      colSpan={identities.length + keys.length + (byColumn ? 1 : 0) + (tagged ? 1 : 0) + 1}
                      className={css.reject}
                    >
                      {why(row)}
                    </td>
                  ) : (
                    <>
                      {identities.map((kind) => (
                        <td key={kind}>{row[kind] ?? ""}</td>
                      ))}
                      {byColumn && <td>{t(`answer.${row.consent ?? "granted"}`)}</td>}
                      {tagged && <td>{row.tags?.join(", ")}</td>}
                      {keys.map((key) => (
                        <td key={key} data-type={named.get(key)?.type}>
                          {row.attributes?.[key] === undefined
                            ? ""
                            : sayValue(named.get(key)?.type, row.attributes[key])}
                        </td>
                      ))}
                      {row.reason && <td className={css.reject}>{why(row)}</td>}
                    </>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
    </Section>
  );
}
