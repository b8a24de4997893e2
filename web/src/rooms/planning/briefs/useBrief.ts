import { useApi, useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { say } from "@/ui/tray";
import type { Passage } from "./usePassage";

type Brief = Shape<"BriefOut">;
type NewPassage = Shape<"PassageIn">;

const PATH = "/campaigns/{campaign_id}/brief" as const;
const LIVE = 4000;

/** The campaign's brief, kept in step with what others write, and the ways to change what it is made of. */
export function useBrief(campaignId: string) {
  const { call, put } = useApi();
  const path = { campaign_id: campaignId };
  const query = useGet(PATH, { path }, { every: LIVE });
  const change = async (asked: Promise<Brief>) => {
    try {
      put(PATH, { path }, await asked);
    } catch (error) {
      say((error as Error).message, { tone: "bad" });
    }
  };
  const of = (passage: Passage) => ({ ...path, passage_id: passage.id });
  const passages = query.data?.passages ?? [];
  return {
    query,
    passages,
    list: (section: Passage["section"], parent: string | null = null) =>
      passages.filter((one) => one.section === section && one.parent_id === parent),
    add: (body: Pick<NewPassage, "section"> & Partial<NewPassage>) =>
      change(call("post", "/campaigns/{campaign_id}/brief/passages", { path, body })),
    place: (passage: Passage, body: Shape<"PassagePlace">) =>
      change(call("put", "/campaigns/{campaign_id}/brief/passages/{passage_id}/place", { path: of(passage), body })),
    remove: (passage: Passage) =>
      change(call("delete", "/campaigns/{campaign_id}/brief/passages/{passage_id}", { path: of(passage) })),
    restore: (number: number) =>
      change(call("post", "/campaigns/{campaign_id}/brief/versions/{number}/restore", { path: { ...path, number } })),
  };
}
