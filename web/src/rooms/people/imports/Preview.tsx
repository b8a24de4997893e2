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
import { keyOf } from "./plan";
import { ScrollBox } from "./ScrollBox";
import { type Attribute, isReason, type Plan, type PreviewRow } from "./types";

/** The first rows exactly as they will be stored; what would be rejected says why. */
export function Preview({ id, plan, attributes }: { id: string; plan: Plan; attributes: Attribute[] }) {
  const t = useT();
  const sayValue = useSayValue();
  const { slug } = useWorkspaceSettings();
  const { loose } = useApi();
  const [asked] = useDebouncedValue(plan, 300);
  const preview = useQuery<{ rows: PreviewRow[] }, ApiError>({
    queryKey: ["w", slug, "/imports/preview", id, JSON.stringify(asked)],
    queryFn: () => loose("post", "/imports/{id}/preview", { path: { id }, body: { ...asked, consent: null } }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const named = useMemo(() => {
    const labels = new Map<string, { label: string; type: string }>();
    for (const { key, label, type } of attributes) labels.set(key, { label, type });
    for (const one of asked.columns) {
      if (one.to === "new_attribute")
        labels.set(keyOf(one.label ?? ""), { label: one.label ?? "", type: one.type ?? "text" });
    }
    return labels;
  }, [attributes, asked]);
  const rows = preview.data?.rows ?? [];
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row.attributes ?? {})))];
  const identities = (["email", "external_id", "phone"] as const).filter((kind) =>
    asked.columns.some(({ to }) => to === kind),
  );
  const byColumn = asked.columns.some(({ to }) => to === "consent");
  const bad = rows.filter(({ reason }) => reason).length;
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
                {keys.map((key) => (
                  <th key={key} scope="col">
                    {named.get(key)?.label || key}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.line} data-bad={row.reason ? true : undefined}>
                  <td className="g-num">{row.line}</td>
                  {row.reason ? (
                    <td colSpan={identities.length + keys.length + (byColumn ? 1 : 0)} className={css.reject}>
                      {row.field && <strong>{row.field}: </strong>}
                      {isReason(row.reason) ? t(`reason.${row.reason}`) : row.reason}
                    </td>
                  ) : (
                    <>
                      {identities.map((kind) => (
                        <td key={kind}>{row[kind] ?? ""}</td>
                      ))}
                      {byColumn && <td>{row.consent === null ? "" : t(row.consent ? "yes" : "no")}</td>}
                      {keys.map((key) => (
                        <td key={key} data-type={named.get(key)?.type}>
                          {row.attributes?.[key] === undefined
                            ? ""
                            : sayValue(named.get(key)?.type, row.attributes[key])}
                        </td>
                      ))}
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
