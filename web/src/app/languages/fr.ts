import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["../messages/fr.ts", "../../ui/messages/fr.ts", "../../rooms/**/messages/fr.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
