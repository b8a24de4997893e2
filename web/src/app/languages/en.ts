import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["/src/app/messages/en.ts", "/src/ui/messages/en.ts", "/src/rooms/**/messages/en.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
