import { ApiError } from "@/api/errors";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { attend, saveFile } from "@/ui/longWork";
import { say, sayRefused } from "@/ui/tray";
import { useT } from "./useT";

/** Takes the people behind a number out as a CSV file; `cell` says which number, `name` names it. */
export function useExport(campaignId: string) {
  const t = useT();
  const format = useFormat();
  const api = useApi();
  return (cell: object, name: string) => {
    const path = { campaign_id: campaignId };
    const file = api.file("/campaigns/{campaign_id}/report/exports", { path, body: cell }).then((made) => {
      saveFile(made, `${name.replace(/[\\/:*?"<>|]/g, "_")}.csv`);
      return made;
    });
    attend(t("export.title", { name }), file, ({ size }) => t("export.done", { size: format.bytes(size) })).catch(
      (error: unknown) => {
        if (error instanceof ApiError) sayRefused(error);
        else say(t("export.failed"), { tone: "bad" });
      },
    );
  };
}
