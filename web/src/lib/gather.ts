/** Joins the words of all rooms: `…/people/messages/fr.ts` gives its keys as `people.<key>`. */
export function gather(files: Record<string, Record<string, string>>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [file, messages] of Object.entries(files)) {
    const room = /([^/]+)\/messages\/\w+\.ts$/.exec(file)?.[1] ?? "";
    for (const [key, text] of Object.entries(messages)) all[`${room}.${key}`] = text;
  }
  return all;
}
