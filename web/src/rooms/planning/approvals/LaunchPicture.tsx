import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { Section } from "@/ui/Page";
import { Reasons } from "@/ui/Reasons";
import { SkeletonLines } from "@/ui/states";
import { Letter } from "../touchpoints/ContentPreview";
import { useWithheld } from "../touchpoints/withheld";
import { useT } from "./useT";

/** What a launch sends and to whom, as it is now. */
export function LaunchPicture({ touchpoint }: { touchpoint: string }) {
  const t = useT();
  const format = useFormat();
  const withheld = useWithheld();
  const found = useGet("/touchpoints/{touchpoint_id}", { path: { touchpoint_id: touchpoint } });
  const check = useGet("/touchpoints/{touchpoint_id}/check", { path: { touchpoint_id: touchpoint } });
  const reach = check.data?.reach;
  const held = reach && found.data ? Math.round((reach.reachable * found.data.holdout_percent) / 100) : 0;
  return (
    <>
      <Section title={t("request.reach")}>
        {check.isPending && <SkeletonLines lines={3} />}
        {reach && (
          <Reasons
            total={reach.audience}
            totalLabel={t("request.reach.people", { count: reach.audience })}
            parts={[
              { id: "get", label: t("request.reach.get"), count: reach.reachable - held, tone: "good" },
              ...(held ? [{ id: "holdout", label: withheld("holdout"), count: held, tone: "busy" as const }] : []),
              ...Object.entries(reach.withheld).map(([id, count]) => ({
                id,
                label: withheld(id),
                count,
                tone: "quiet" as const,
              })),
            ]}
          />
        )}
        {check.data && !reach && <p>{format.number(0)}</p>}
      </Section>
      {found.data?.template && (
        <Section title={t("request.content")}>
          <Letter templateId={found.data.template.id} version={found.data.template_version} />
        </Section>
      )}
    </>
  );
}
