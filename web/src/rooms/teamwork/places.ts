import { useCallback } from "react";
import type { Shape } from "@/api/schema";
import { useRooms } from "@/lib/rooms";
import type { Thing } from "./text";

/** Finds where a thing lives, as its room says in its routes (`things`). */
export function usePlaceOf(): (thing: Thing, campaign: string | null) => string {
  const rooms = useRooms();
  return useCallback(
    ({ kind, id }, campaign) =>
      rooms.map((room) => room.things?.[kind]).find(Boolean)?.(id, campaign) ??
      (campaign ? `/campaigns/${campaign}` : "/"),
    [rooms],
  );
}

/** Where a notice leads; one about words leads to the talk. */
export const placeOfNotice = ({ kind, thing }: Pick<Shape<"NoticeOut">, "kind" | "thing">) =>
  `/thing/${thing.kind}/${thing.id}${kind === "mentioned" || kind === "commented" ? "?talk=1" : ""}`;
