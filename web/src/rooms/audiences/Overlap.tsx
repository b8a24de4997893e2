import { MultiSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, waitForCopy } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import css from "./audiences.module.css";
import { useAudienceNames } from "./names";
import { UpSet } from "./UpSet";
import { useT } from "./useT";

const MOST_OTHERS = 4;

/** How an audience overlaps with up to four others. */
export function Overlap({ audience, total }: { audience: { id: string; name: string }; total: number }) {
  const t = useT();
  const format = useFormat();
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  const others = useAudienceNames(audience.id);
  const [chosen, setChosen] = useState<string[]>([]);
  const ids = [audience.id, ...chosen];
  const shares = useQuery<Shape<"ShareOut">[], ApiError>({
    queryKey: ["w", slug, "/audiences/shares", ...ids],
    queryFn: () => ask("post", "/audiences/shares", { body: { audiences: ids } }),
    enabled: chosen.length > 0,
    meta: { slow: true },
    refetchInterval: waitForCopy,
  });
  if (!others.length) return null;
  const sets = ids.map((id) => ({ id, name: others.find((one) => one.id === id)?.name ?? audience.name }));
  const alone = shares.data?.find((one) => one.audiences.length === 1 && one.audiences[0] === audience.id)?.people ?? 0;
  return (
    <Section title={t("one.overlap")} note={t("one.overlap.note")}>
      <MultiSelect
        className={css.compared}
        label={t("one.overlap.with")}
        placeholder={chosen.length ? undefined : t("field.choose")}
        searchable
        hidePickedOptions
        maxValues={MOST_OTHERS}
        value={chosen}
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setChosen}
      />
      {shares.error && <ErrorState inline error={shares.error} onRetry={() => void shares.refetch()} />}
      {chosen.length > 0 && shares.isPending && <SkeletonLines lines={5} />}
      {shares.data && (
        <div aria-live="polite" className={css.overlap}>
          <p className={css.reachWords}>
            {t("one.overlap.shared", {
              both: format.number(total - alone),
              total: format.number(total),
              count: chosen.length,
              other: sets[1]?.name ?? "",
              share: total ? format.percent((total - alone) / total) : "–",
            })}
          </p>
          {shares.data.length > 0 && <UpSet sets={sets} shares={shares.data} />}
        </div>
      )}
    </Section>
  );
}
