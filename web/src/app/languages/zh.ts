import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["/src/app/messages/zh.ts", "/src/ui/messages/zh.ts", "/src/rooms/**/messages/zh.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
