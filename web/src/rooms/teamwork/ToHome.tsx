import { useEffect } from "react";
import { useGo } from "@/lib/links";

/** What was "My day" is on the home page; old links and bookmarks go there. */
export default function ToHome() {
  const go = useGo();
  useEffect(() => go("/", { replace: true }), [go]);
  return null;
}
