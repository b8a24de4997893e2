import { useParams } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useGet } from "@/api/hooks";
import { later } from "@/ui/later";
import { Page } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";

const waiting = () => (
  <Page>
    <SkeletonLines lines={8} height={18} />
  </Page>
);
const DraftTouchpoint = later(() => import("./DraftTouchpoint"), waiting);
const ElsewherePage = later(() => import("../channelplan/ElsewherePage"), waiting);
const LaunchedTouchpoint = later(() => import("./LaunchedTouchpoint"), waiting);

/** One touchpoint: a draft is planned and checked here, a launched one is watched. */
export default function TouchpointPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [preparing, setPreparing] = useState(false);
  const path = { touchpoint_id: id };
  // While the messages are being written the page looks again, since that can still fail.
  const touchpoint = useGet("/touchpoints/{touchpoint_id}", { path }, { keep: false, every: preparing && 1000 });
  const { data } = touchpoint;
  // What most of them are shown with comes while the touchpoint is read, not after it.
  useEffect(() => void import("./LaunchedTouchpoint"), []);
  const now = data?.state === "preparing";
  useEffect(() => setPreparing(now), [now]);
  const campaign = useGet(
    "/campaigns/{campaign_id}",
    { path: { campaign_id: data?.campaign_id ?? "" } },
    { enabled: !!data },
  );
  if (touchpoint.error) {
    return (
      <Page>
        <ErrorState error={touchpoint.error} onRetry={() => void touchpoint.refetch()} />
      </Page>
    );
  }
  if (!data) return waiting();
  const Face = !data.sent_here ? ElsewherePage : data.launched_at ? LaunchedTouchpoint : DraftTouchpoint;
  return <Face key={id} touchpoint={data} campaign={campaign.data} />;
}
