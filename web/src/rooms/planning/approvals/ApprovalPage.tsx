import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useGet, useSend } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Comments } from "@/rooms/teamwork/Comments";
import { useExactMoney } from "@/ui/numbers";
import { Facts, Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, FormError } from "@/ui/states";
import { Money, Num, When } from "@/ui/values";
import { PagesBeside } from "../playbook/PagesBeside";
import css from "./ApprovalPage.module.css";
import { AskApproval } from "./AskApproval";
import shared from "./approvals.module.css";
import { CampaignPicture } from "./CampaignPicture";
import { Changes, placeOfField, useCovered, useFieldName } from "./covered";
import { Decide } from "./Decide";
import { LaunchPicture } from "./LaunchPicture";
import { StepList } from "./StepList";
import { useT } from "./useT";
import { type Request, StateWord, useCode } from "./words";

/** One request: the whole picture for who decides, and what was said. */
export default function ApprovalPage() {
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const query = useGet("/approvals/{request_id}", { path: { request_id: id } }, { every: 10_000 });
  return (
    <Page kind="page">
      <Await query={query}>{(request) => <Whole key={request.id} request={request} />}</Await>
    </Page>
  );
}

function Whole({ request }: { request: Request }) {
  const t = useT();
  const { kind, campaign } = request;
  const exact = useExactMoney();
  const may = useMay("campaigns.write");
  const withdraw = useSend("post", "/approvals/{request_id}/withdraw");
  return (
    <>
      <PageHead
        title={request.title}
        crumbs={[{ label: t("title"), to: "/approvals" }]}
        meaning={
          <span className={css.head}>
            <StateWord state={request.state} />
            {(kind === "budget" || kind === "reallocation") && request.amount_minor !== null && (
              <strong>{exact(request.amount_minor)}</strong>
            )}
            <span>
              {t.rich("request.meaning", {
                kind: t(`kind.${kind}`),
                name: request.asked_by,
                when: <When key="w" at={request.asked_at} />,
              })}
            </span>
          </span>
        }
        action={
          request.withdraw && (
            <Button
              variant="default"
              loading={withdraw.isPending}
              onClick={() => withdraw.mutate({ path: { request_id: request.id } })}
            >
              {t("request.withdraw")}
            </Button>
          )
        }
      />
      <FormError error={withdraw.error} />
      <ThingLayout factsTitle={t("request.facts")} facts={<Details request={request} />}>
        {request.state === "void" && (
          <div className={css.banner} role="status">
            <IconAlertTriangle size={18} />
            <div>
              <p>{t("request.void")}</p>
              <Changes changes={request.changes} metric={request.content.metric} />
              {may && <AskApproval kind={kind} id={request.subject_id} again />}
            </div>
          </div>
        )}
        {request.note && <p className={css.asked}>{t("request.note", { note: request.note })}</p>}
        {request.decide && <Decide request={request} step={request.decide} />}
        <Section title={t("request.who")}>
          <StepList request={request} />
        </Section>
        {request.previous && (
          <Section title={t("request.previous")}>
            {request.previous.changes.length ? (
              <Changes changes={request.previous.changes} metric={request.content.metric} />
            ) : (
              <p className={shared.muted}>{t("request.previous.none")}</p>
            )}
          </Section>
        )}
        {kind === "launch" && <LaunchPicture touchpoint={request.subject_id} />}
        <Covered request={request} />
        {campaign && <CampaignPicture campaign={campaign.id} brief={kind !== "brief"} />}
        <Comments thing={{ kind: "approval", id: request.id }} />
      </ThingLayout>
    </>
  );
}

function Covered({ request }: { request: Request }) {
  const t = useT();
  const fieldName = useFieldName();
  const covered = useCovered();
  const shown = Object.entries(request.content)
    .filter(([name, one]) => !name.endsWith("_hash") && (one !== null || name === "send_at") && one !== "")
    .sort(([one], [other]) => placeOfField(one) - placeOfField(other));
  return (
    <Section title={t("request.covers")} note={t("request.covers.note")}>
      <Facts items={shown.map(([name, one]) => [fieldName(name), covered(name, one, request.content.metric)])} />
    </Section>
  );
}

function Details({ request }: { request: Request }) {
  const t = useT();
  const code = useCode();
  const due = request.steps.find(({ state }) => state === "open")?.due_at;
  const items: [string, React.ReactNode][] = [
    [
      t("kind"),
      <A key="k" to={placeOf(request)}>
        {t(`kind.${request.kind}`)}
      </A>,
    ],
  ];
  if (request.campaign)
    items.push([
      t("request.campaign"),
      <A key="c" to={`/campaigns/${request.campaign.id}`}>
        {request.campaign.name}
      </A>,
    ]);
  if (request.audience_size !== null) items.push([t("request.people"), <Num key="n" value={request.audience_size} />]);
  if (request.amount_minor !== null) items.push([t("request.amount"), <Money key="m" minor={request.amount_minor} />]);
  if (request.channel) items.push([t("request.channel"), code("channel", request.channel)]);
  if (request.risks.length)
    items.push([t("request.risks"), request.risks.map((risk) => <div key={risk}>{code("risk", risk)}</div>)]);
  if (due && request.state === "waiting") items.push([t("request.due"), <When key="d" at={due} absolute />]);
  return (
    <>
      <Facts items={items} />
      <PagesBeside place="approval" />
    </>
  );
}

/** The page of what is to be approved. */
function placeOf({ kind, subject_id, campaign }: Request): string {
  if (kind === "launch") return `/touchpoints/${subject_id}`;
  if (kind === "content") return `/content/${subject_id}`;
  const home = `/campaigns/${campaign?.id ?? subject_id}`;
  if (kind === "brief") return `${home}?tab=brief`;
  return kind === "goal" ? home : `${home}?tab=budget`;
}
