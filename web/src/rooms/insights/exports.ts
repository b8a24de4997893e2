import { ApiError } from "@/api/errors";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useNamed } from "@/lib/i18n";
import { attend, saveFile } from "@/ui/longWork";
import { say } from "@/ui/tray";
import { useT } from "./useT";

/** Takes the people behind a number out as a CSV file; `cell` says which number, `name` names it. */
export function useExport(campaignId: string) {
  const t = useT();
  const format = useFormat();
  const { loose } = useApi();
  const problem = useNamed("problem");
  return (cell: object, name: string) => {
    const path = { campaign_id: campaignId };
    const file = loose<Blob>("post", "/campaigns/{campaign_id}/report/exports", { path, body: cell, file: true }).then(
      (made) => {
        saveFile(made, `${name.replace(/[\\/:*?"<>|]/g, "_")}.csv`);
        return made;
      },
    );
    attend(t("export.title", { name }), file, ({ size }) => t("export.done", { size: format.bytes(size) })).catch(
      (error: unknown) => {
        const words = error instanceof ApiError ? problem(error.code) || error.detail : "";
        say(words || t("export.failed"), { tone: "bad" });
      },
    );
  };
}
