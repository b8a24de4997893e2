import { Button } from "@mantine/core";
import { useKeyset } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { Face, Name, When } from "@/ui/values";
import css from "./Activity.module.css";
import { CommentText } from "./CommentText";
import { useDeed } from "./deed";
import shared from "./teamwork.module.css";
import { useT } from "./useT";

/** What happened in a campaign, comments included, the newest first. */
export function Activity({ campaignId, limit = 30 }: { campaignId: string; limit?: number }) {
  const t = useT();
  const deed = useDeed();
  const list = useKeyset<Shape<"Activity">>(
    "/campaigns/{campaign_id}/activity",
    { path: { campaign_id: campaignId } },
    { limit, every: 30_000 },
  );
  if (list.state === "loading") return <SkeletonLines lines={6} />;
  if (list.error && list.state === "failed") return <ErrorState error={list.error} onRetry={list.retry} inline />;
  if (!list.rows.length) return <p className={shared.none}>{t("activity.none")}</p>;
  return (
    <>
      <ol className={shared.activity} aria-label={t("activity")}>
        {list.rows.map((one) => (
          <li key={one.id}>
            <Face name={one.actor} size={22} />
            <div>
              <p className={css.did}>
                {one.body === null ? (
                  deed(one)
                ) : (
                  <>
                    <b>{one.actor}</b> {t("activity.said")}
                  </>
                )}
                <small>
                  {one.body === null && (
                    <>
                      <Name>{one.actor}</Name> ·{" "}
                    </>
                  )}
                  <When at={one.at} />
                </small>
              </p>
              {one.body !== null && <CommentText body={one.body} mentions={one.mentions} />}
            </div>
          </li>
        ))}
      </ol>
      {list.more && (
        <Button size="xs" variant="subtle" loading={list.loadingMore} onClick={list.loadMore}>
          {t("activity.more")}
        </Button>
      )}
    </>
  );
}
