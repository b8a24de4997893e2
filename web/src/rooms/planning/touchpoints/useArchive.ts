import { IconArchive, IconArchiveOff } from "@tabler/icons-react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import type { MenuEntry } from "@/ui/PageHead";
import { say, sayRefused } from "@/ui/tray";
import { useT } from "../useT";
import type { Touchpoint } from "../words";

/** The entry of a draft's menu that puts it away, or takes an archived one out again. */
export function useArchive(touchpoint: Touchpoint): MenuEntry {
  const t = useT();
  const go = useGo();
  const { id, name } = touchpoint;
  const path = { touchpoint_id: id };
  const archive = useSend("delete", "/touchpoints/{touchpoint_id}");
  const restore = useSend("post", "/touchpoints/{touchpoint_id}/restore");
  const bringBack = (then?: () => void) =>
    restore.mutate(
      { path },
      {
        onSuccess: () => {
          say(t("touchpoint.restored", { name }));
          then?.();
        },
        onError: sayRefused,
      },
    );
  if (touchpoint.state === "archived") {
    return { label: t("move.restore"), icon: IconArchiveOff, act: () => bringBack() };
  }
  return {
    label: t("move.archive"),
    icon: IconArchive,
    act: () =>
      archive.mutate(
        { path },
        {
          onSuccess: () => {
            go(`/campaigns/${touchpoint.campaign_id}`, { replace: true });
            const undo = () => bringBack(() => go(`/touchpoints/${id}`));
            say(t("touchpoint.putAway", { name }), { action: { label: t("undo"), undo: true, act: undo } });
          },
          onError: sayRefused,
        },
      ),
  };
}
