import { gather } from "@/lib/gather";

const files = import.meta.glob<Record<string, string>>(
  ["/src/app/messages/fr.ts", "/src/ui/messages/fr.ts", "/src/rooms/**/messages/fr.ts"],
  { eager: true, import: "default" },
);
export default gather(files);
