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

/** Where a notice leads; one about words leads to the talk, one about several tasks to the campaign's timeline. */
export function placeOfNotice({ kind, thing, values }: Pick<Shape<"Notice">, "kind" | "thing" | "values">): string {
  const talk = kind === "mentioned" || kind === "commented";
  const tasks = "count" in values && thing.kind === "campaign";
  return `/thing/${thing.kind}/${thing.id}${talk ? "?talk=1" : tasks ? "?tab=timeline" : ""}`;
}
