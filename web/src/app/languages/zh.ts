import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["../messages/zh.ts", "../../ui/messages/zh.ts", "../../rooms/**/messages/zh.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
