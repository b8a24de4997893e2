import { Button } from "@mantine/core";
import { useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";
import { LogList } from "./LogList";

/** Who came in and who was refused, of everybody in the workspace. For owners. */
export default function SignInsPage() {
  const t = useT();
  const log = useKeyset<Shape<"LogLine">>("/account-log", {}, { limit: 50 });
  return (
    <SettingsFrame title={t("log.title")} meaning={t("log.meaning")}>
      {log.error && <ErrorState error={log.error} inline />}
      {log.state === "loading" && <SkeletonLines lines={6} />}
      {log.state === "ready" && log.rows.length === 0 && <EmptyState picture="trail">{t("log.empty")}</EmptyState>}
      {log.rows.length > 0 && <LogList lines={log.rows} label={t("log.title")} named />}
      {log.more && (
        <div>
          <Button variant="default" onClick={log.loadMore}>
            {t("log.more")}
          </Button>
        </div>
      )}
    </SettingsFrame>
  );
}
