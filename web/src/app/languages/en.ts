import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["../messages/en.ts", "../../ui/messages/en.ts", "../../rooms/**/messages/en.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
