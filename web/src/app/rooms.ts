import type { Room } from "@/lib/rooms";
import { accounts } from "@/rooms/accounts/routes";
import { audiences } from "@/rooms/audiences/routes";
import { content } from "@/rooms/content/routes";
import { channels } from "@/rooms/channels/routes";
import { people } from "@/rooms/people/routes";

/** Every room of the product. A new room adds its import and its place here, nothing else. */
export const rooms: Room[] = [accounts, people, audiences, content, channels];
