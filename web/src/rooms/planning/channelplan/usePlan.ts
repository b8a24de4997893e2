import { useApi, useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { say } from "@/ui/tray";
import type { Contact, Plan, Segment } from "./words";

const PATH = "/campaigns/{campaign_id}/channel-plan" as const;

/** The campaign's channel plan, looked at again and again, and the ways to change it. */
export function usePlan(campaignId: string) {
  const { call, ...api } = useApi();
  const path = { campaign_id: campaignId };
  const query = useGet(PATH, { path }, { every: 8000 });
  const put = (plan: Plan) => {
    api.put(PATH, { path }, plan);
    return plan;
  };
  const change = async (asked: Promise<Plan>) => {
    try {
      return put(await asked);
    } catch (error) {
      say((error as Error).message, { tone: "bad" });
      void api.reread();
      return undefined;
    }
  };
  return {
    query,
    put,
    addSegment: (body: Shape<"SegmentIn">) => change(call("post", `${PATH}/segments` as const, { path, body })),
    saveSegment: ({ id, version, position }: Segment, body: Shape<"SegmentIn">) =>
      change(
        call("put", `${PATH}/segments/{segment_id}` as const, {
          path: { ...path, segment_id: id },
          body: { position, ...body, version },
        }),
      ),
    removeSegment: ({ id }: Segment) =>
      change(call("delete", `${PATH}/segments/{segment_id}` as const, { path: { ...path, segment_id: id } })),
    addContact: (body: Shape<"ContactIn">) => change(call("post", `${PATH}/contacts` as const, { path, body })),
    removeContact: ({ id }: Contact) =>
      change(call("delete", `${PATH}/contacts/{contact_id}` as const, { path: { ...path, contact_id: id } })),
  };
}
export type PlanHold = ReturnType<typeof usePlan>;
