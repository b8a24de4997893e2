import type { Room } from "@/lib/rooms";
import { accounts } from "@/rooms/accounts/routes";
import { channels } from "@/rooms/channels/routes";

/** Every room of the product. A new room adds its import and its place here, nothing else. */
export const rooms: Room[] = [accounts, channels];
