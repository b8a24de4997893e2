import { useGet } from "@/api/hooks";
import { matches } from "@/lib/text";

/** Everybody in the workspace, by name; read once for all fields on a page. */
export function useMembers() {
  return useGet("/members", {}, { slow: true }).data ?? [];
}

/** The members whose name has these letters, at most six. */
export function useFound(words: string) {
  return useMembers()
    .filter(({ name }) => matches(name, words))
    .slice(0, 6)
    .map(({ user_id, name, role }) => ({ id: user_id, name, role }));
}
