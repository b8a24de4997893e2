import { useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { useParam } from "@/lib/url";
import { Page } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { usePlaceOf } from "./places";
import type { Thing } from "./text";

/** Where links in mails and notices lead: finds where the thing lives and goes there; what one was told of it is read. */
export default function ThingPage() {
  const { kind, id } = useParams({ strict: false }) as unknown as Thing;
  const [talk] = useParam("talk");
  const go = useGo();
  const placeOf = usePlaceOf();
  const thing = useGet("/things/{kind}/{thing_id}", { path: { kind, thing_id: id } }, { keep: false });
  const { mutate } = useSend("post", "/things/{kind}/{thing_id}/read", { changes: ["/notices"] });
  useEffect(() => mutate({ path: { kind, thing_id: id } }), [mutate, kind, id]);
  const { data } = thing;
  useEffect(() => {
    if (data)
      go(placeOf(data, data.campaign_id) + (talk && data.kind === "campaign" ? "?tab=talk" : ""), { replace: true });
  }, [data, go, placeOf, talk]);
  return (
    <Page>
      {thing.error ? <ErrorState error={thing.error} onRetry={() => void thing.refetch()} /> : <SkeletonLines />}
    </Page>
  );
}
