import { useMemo } from "react";
import { roomWords } from "@/lib/i18n";
import { type Place, useRooms } from "@/lib/rooms";
import { later } from "./later";

/** What other rooms have to show beside a thing, such as pages of the playbook; nothing where there is nothing. */
export function Beside({ place }: { place: Place }) {
  const rooms = useRooms();
  const parts = useMemo(() => {
    const shown = rooms.flatMap(({ name, beside }) => (beside ? { name, beside } : []));
    return shown.map(({ name, beside }) => ({
      name,
      Show: later<{ place: Place }>(async () => {
        const [part] = await Promise.all([beside(), roomWords([name])]);
        return part;
      }),
    }));
  }, [rooms]);
  return parts.map(({ name, Show }) => <Show key={name} place={place} />);
}
