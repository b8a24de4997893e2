import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, waitForCopy } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { Reasons } from "@/ui/Reasons";
import { ErrorState, SkeletonLines } from "@/ui/states";
import css from "./audiences.module.css";
import { useAudienceNames } from "./names";
import { useT } from "./useT";

type Answer = Shape<"Overlap">;

/** How many people an audience shares with another one. */
export function Overlap({ audience, total }: { audience: { id: string; name: string }; total: number }) {
  const t = useT();
  const format = useFormat();
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  const others = useAudienceNames(audience.id);
  const [other, setOther] = useState<string | null>(null);
  const overlap = useQuery<Answer, ApiError>({
    queryKey: ["w", slug, "/audiences/overlap", audience.id, other],
    queryFn: () => ask("post", "/audiences/overlap", { body: { first: audience.id, second: other ?? "" } }),
    enabled: other !== null,
    meta: { slow: true },
    refetchInterval: waitForCopy,
  });
  if (!others.length) return null;
  const named = others.find(({ id }) => id === other)?.name ?? "";
  return (
    <Section title={t("one.overlap")} note={t("one.overlap.note")}>
      <Select
        className={css.narrow}
        label={t("one.overlap.with")}
        placeholder={t("field.choose")}
        searchable
        value={other}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setOther}
      />
      {overlap.error && <ErrorState inline error={overlap.error} onRetry={() => void overlap.refetch()} />}
      {other && overlap.isPending && <SkeletonLines lines={3} />}
      {overlap.data && (
        <div aria-live="polite" className={css.reach}>
          <p className={css.reachWords}>
            {t("one.overlap.sentence", {
              both: format.number(overlap.data.both),
              total: format.number(total),
              other: named,
              share: total ? format.percent(overlap.data.both / total) : "–",
            })}
          </p>
          <Reasons
            total={overlap.data.first_only + overlap.data.both + overlap.data.second_only}
            totalLabel={t("one.overlap.all")}
            parts={[
              {
                id: "first",
                label: t("one.overlap.only", { name: audience.name }),
                count: overlap.data.first_only,
                tone: "quiet",
              },
              { id: "both", label: t("one.overlap.both"), count: overlap.data.both, tone: "accent" },
              {
                id: "second",
                label: t("one.overlap.only", { name: named }),
                count: overlap.data.second_only,
                tone: "quiet",
              },
            ]}
          />
        </div>
      )}
    </Section>
  );
}
