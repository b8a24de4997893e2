import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["/src/app/messages/sv.ts", "/src/ui/messages/sv.ts", "/src/rooms/**/messages/sv.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
