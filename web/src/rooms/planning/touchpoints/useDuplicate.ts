import { IconCopy } from "@tabler/icons-react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import type { MenuEntry } from "@/ui/PageHead";
import { say, sayRefused } from "@/ui/tray";
import { useT } from "../useT";
import type { Touchpoint } from "../words";

/** The entry of a touchpoint's menu that plans a draft like it, and opens it. */
export function useDuplicate(touchpoint: Touchpoint): MenuEntry {
  const t = useT();
  const go = useGo();
  const copy = useSend("post", "/touchpoints/{touchpoint_id}/duplicate", {
    once: true,
    onSuccess: (made) => {
      say(t("copy.made", { name: made.name }));
      go(`/touchpoints/${made.id}`);
    },
  });
  const name = t("copy.name", { name: touchpoint.name }).slice(0, 200);
  return {
    label: t("copy.act"),
    icon: IconCopy,
    act: () => copy.mutate({ path: { touchpoint_id: touchpoint.id }, body: { name } }, { onError: sayRefused }),
  };
}
