import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { A } from "@/lib/links";
import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { Page, ThingLayout } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { Await } from "@/ui/states";
import { Name, When } from "@/ui/values";
import { AnswerBox } from "./AnswerBox";
import { AskReview } from "./AskReview";
import { Compare } from "./Compare";
import { Links } from "./Links";
import { Looking } from "./Looking";
import css from "./ReviewPage.module.css";
import { StepList } from "./StepList";
import { useT } from "./useT";
import { type Review, ReviewState } from "./words";

/** One review: the content with its remarks, its versions side by side, who answered what, what one can do now. */
export default function ReviewPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const query = useGet("/content-reviews/{review_id}", { path: { review_id: id } }, { every: 10_000 });
  return (
    <Page kind="page">
      <Await query={query}>{(review) => <Whole key={review.id} review={review} />}</Await>
    </Page>
  );
}

function Whole({ review }: { review: Review }) {
  const t = useT();
  const mayWrite = useMay("content.write");
  const [tab] = useParam("tab", "look");
  const [chosen, setChosen] = useState<number>();
  const [asking, setAsking] = useState(false);
  const [ending, setEnding] = useState(false);
  const shown = chosen ?? review.version;
  const end = useSend("post", "/content-reviews/{review_id}/end", { onSuccess: () => setEnding(false) });
  const content = review.kind === "template" ? `/content/${review.content_id}` : "/assets";
  const again = mayWrite && review.state !== "open";
  const several = review.versions.length > 1;
  return (
    <>
      <PageHead
        title={review.title}
        crumbs={[
          { label: t("content"), to: "/content" },
          { label: t("board"), to: "/content?view=reviews" },
        ]}
        meaning={
          <span className={css.meaning}>
            <ReviewState review={review} />
            <span>
              {t.rich("asked", {
                name: <Name key="n">{review.asked_by}</Name>,
                when: <When key="w" at={review.asked_at} />,
              })}
            </span>
          </span>
        }
        action={
          <Button component={A} to={content} variant="default">
            {t("open")}
          </Button>
        }
        menu={[
          ...(again ? [{ label: t("again"), act: () => setAsking(true) }] : []),
          ...(review.may_end ? [{ label: t("end"), danger: true, act: () => setEnding(true) }] : []),
        ]}
        tabs={[{ id: "look", label: t("tab.look") }, ...(several ? [{ id: "compare", label: t("tab.compare") }] : [])]}
      />
      <ThingLayout
        factsTitle={t("steps")}
        facts={
          <>
            <StepList review={review} />
            <Links review={review} />
          </>
        }
      >
        {review.reopened && (
          <div className={css.banner} role="status">
            <IconAlertTriangle size={18} />
            <p>{t("reopened", { passed: review.passed_version ?? 0, version: review.version })}</p>
          </div>
        )}
        {review.state === "ended" && <p className={css.note}>{t("ended", { name: review.ended_by })}</p>}
        {review.note && <p className={css.asked}>{review.note}</p>}
        <AnswerBox review={review} shown={shown} />
        <TabPanel param="tab" open={tab}>
          {tab === "compare" && several ? (
            <Compare review={review} />
          ) : (
            <Looking
              review={review}
              shown={shown}
              onShow={(version) => setChosen(version === review.version ? undefined : version)}
            />
          )}
        </TabPanel>
      </ThingLayout>
      {asking && <AskReview kind={review.kind} id={review.content_id} onClose={() => setAsking(false)} />}
      <ConfirmDanger
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("end.title")}
        loses={[t("end.loses")]}
        keeps={[t("end.keeps")]}
        action={t("end")}
        onConfirm={() => end.mutateAsync({ path: { review_id: review.id } })}
      />
    </>
  );
}
