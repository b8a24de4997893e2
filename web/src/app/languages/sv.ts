import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["../messages/sv.ts", "../../ui/messages/sv.ts", "../../rooms/**/messages/sv.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
