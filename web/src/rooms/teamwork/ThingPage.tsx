import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useApi, useGet } from "@/api/hooks";
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
  const [named] = useParam("tab");
  const tab = talk ? "talk" : named === "timeline" ? named : undefined;
  const go = useGo();
  const placeOf = usePlaceOf();
  const thing = useGet("/things/{kind}/{thing_id}", { path: { kind, thing_id: id } }, { keep: false });
  const { call } = useApi();
  // Told before one goes on: what the next page reads is not from before.
  const [told, setTold] = useState(false);
  useEffect(() => {
    void call("post", "/things/{kind}/{thing_id}/read", { path: { kind, thing_id: id } })
      .catch(() => undefined)
      .then(() => setTold(true));
  }, [call, kind, id]);
  const { data } = thing;
  useEffect(() => {
    if (data && told)
      go(placeOf(data, data.campaign_id) + (tab && data.kind === "campaign" ? `?tab=${tab}` : ""), { replace: true });
  }, [data, told, go, placeOf, tab]);
  return (
    <Page>
      {thing.error ? <ErrorState error={thing.error} onRetry={() => void thing.refetch()} /> : <SkeletonLines />}
    </Page>
  );
}
