import { IconArchive, IconArchiveOff } from "@tabler/icons-react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import type { MenuEntry } from "@/ui/PageHead";
import { say, sayRefused } from "@/ui/tray";
import { useT } from "../useT";
import type { Touchpoint } from "../words";

/** The entry of a draft's menu that puts it away, or takes an archived one out again. */
export function useArchive(touchpoint: Touchpoint): MenuEntry & { leaving: boolean } {
  const t = useT();
  const go = useGo();
  const { id, name } = touchpoint;
  const path = { touchpoint_id: id };
  const archive = useSend("delete", "/touchpoints/{touchpoint_id}");
  const restore = useSend("post", "/touchpoints/{touchpoint_id}/restore");
  // Undo may come after this page has been left.
  const bringBack = (then?: () => void) =>
    restore.mutateAsync({ path }).then(() => {
      say(t("touchpoint.restored", { name }));
      then?.();
    }, sayRefused);
  if (touchpoint.state === "archived") {
    return { label: t("move.restore"), icon: IconArchiveOff, act: () => void bringBack(), leaving: false };
  }
  return {
    // What its page asks is refused once it is archived.
    leaving: archive.isPending || archive.isSuccess,
    label: t("move.archive"),
    icon: IconArchive,
    act: () => {
      go(`/campaigns/${touchpoint.campaign_id}`, { replace: true });
      archive.mutateAsync({ path }).then(() => {
        const act = () => void bringBack(() => go(`/touchpoints/${id}`));
        say(t("touchpoint.putAway", { name }), { action: { label: t("undo"), undo: true, act } });
      }, sayRefused);
    },
  };
}
