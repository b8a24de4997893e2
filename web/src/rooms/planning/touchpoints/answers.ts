import type { Reply } from "@/api/client";
import { useFormat } from "@/lib/format";
import { useAsked } from "../approvals/words";
import { useT } from "../useT";
import type { Touchpoint } from "../words";

type Answer = Reply<"get", "/touchpoints/{touchpoint_id}/check">["answers"][number];

const questions = [
  "state",
  "audience",
  "template",
  "links",
  "unsubscribe",
  "personalisation",
  "size",
  "sender",
  "topic",
  "time",
  "cost",
  "goal",
  "budget",
  "dates",
  "repeated",
  "review",
  "approval",
] as const;

/** Findings that are told in the reader's language; any other is told as the server says it. */
const codes = [
  "review_passed",
  "review_open",
  "review_reopened",
  "review_needed",
  "review_ended",
  "state_launched",
  "state_campaign_over",
  "audience_missing",
  "audience_archived",
  "audience_broken",
  "audience_counted",
  "audience_empty",
  "audience_unreachable",
  "audience_reach",
  "template_missing",
  "template_archived",
  "template_errors",
  "template_warnings",
  "template_ready",
  "links_none",
  "links_bad",
  "links_fine",
  "unsubscribe_missing",
  "unsubscribe_present",
  "personalisation_gaps",
  "personalisation_complete",
  "personalisation_defaults",
  "size_clipped",
  "size_fine",
  "sender_missing",
  "sender_sandbox",
  "sender_unsigned",
  "sender_by_provider",
  "sender_unaligned",
  "sender_ready",
  "topic_missing",
  "topic_set",
  "time_past",
  "time_night",
  "time_now",
  "time_planned",
  "cost_estimated",
  "cost_unpaid",
  "goal_set",
  "goal_missing",
  "budget_set",
  "budget_missing",
  "dates_outside",
  "dates_inside",
  "repeated_audience",
  "approval_needed",
  "approval_waiting",
  "approval_changes",
  "approval_refused",
  "approval_void",
  "approval_given",
] as const;

/** What people read who lack a value. */
interface Instead {
  field: string;
  people: number;
  fallback: string;
}

/** An answer of the launch check in words, and the page where it is put right. */
export function useAnswer(
  touchpoint: Touchpoint,
): (answer: Answer) => { question: string; sentence: string; fix: string | undefined } {
  const t = useT();
  const format = useFormat();
  const nameOf = useAsked();
  return (answer) => {
    const asked = questions.find((one) => answer.code.startsWith(`${one}.`));
    const code = codes.find((one) => one === answer.code.replace(".", "_"));
    const values = answer.values as Record<string, unknown>;
    const count = (name: string) => (typeof values[name] === "number" ? format.number(values[name]) : "");
    const list = (name: string) =>
      Array.isArray(values[name]) ? format.list(values[name].slice(0, 3).map((one) => `“${one}”`)) : "";
    const gaps = values.gaps && typeof values.gaps === "object" ? Object.entries(values.gaps) : [];
    const instead = Array.isArray(values.instead) ? (values.instead as Instead[]) : [];
    const words = {
      name: (asked === "audience" ? touchpoint.audience?.name : touchpoint.template?.name) ?? "",
      reachable: count("reachable"),
      audience: count("audience"),
      n: typeof values.n === "number" ? values.n : 0,
      link: Array.isArray(values.links) ? String(values.links[0]).slice(0, 120) : "",
      gaps: format.list([
        ...gaps.map(([field, people]) => t("check.gap", { field, people: format.number(Number(people)) })),
        ...instead.map(({ field, people, fallback }) =>
          t(fallback ? "check.default" : "check.condition", { field, fallback, people: format.number(people) }),
        ),
      ]),
      size: typeof values.bytes === "number" ? format.bytes(values.bytes) : "",
      cost: typeof values.cost_minor === "number" ? format.money(values.cost_minor, String(values.currency)) : "",
      domain: String(values.domain ?? ""),
      signed: String(values.signed ?? ""),
      topic: touchpoint.topic?.name ?? "",
      at: touchpoint.send_at ? format.dateTime(touchpoint.send_at) : "",
      hour: typeof values.hour === "number" ? values.hour : 0,
      others: list("touchpoints"),
      by: format.list(namesOf(values.by, nameOf)),
      version: typeof values.version === "number" ? values.version : 0,
      passed: typeof values.passed_version === "number" ? values.passed_version : 0,
      waits: format.list(Array.isArray(values.waits_for) ? values.waits_for.map(String) : []),
      given: format.list(Array.isArray(values.given_by) ? values.given_by.map(String) : []),
      count: [values.errors, values.warnings].find(Array.isArray)?.length ?? 0,
    };
    return {
      question: asked ? t(`question.${asked}`) : answer.code,
      sentence: code ? t(`finding.${code}`, words) : answer.sentence,
      fix: placeOf(answer, touchpoint),
    };
  };
}

/** Who is asked for an approval, in the reader's language. */
export function namesOf(by: unknown, nameOf: ReturnType<typeof useAsked>): string[] {
  const asked = Array.isArray(by) ? (by as { kind: string; name: string }[]) : [];
  return asked.map(({ kind, name }) => nameOf(kind, name));
}

function placeOf({ fix, code }: Answer, touchpoint: Touchpoint): string | undefined {
  if (!fix) return undefined;
  const campaign = `/campaigns/${touchpoint.campaign_id}`;
  const block = {
    audience: "audience",
    template: "content",
    sender: "topic",
    topic: "topic",
    time: "time",
    repeated: "time",
  }[code.split(".")[0] ?? ""];
  const places: Record<string, string | undefined> = {
    touchpoint: `/touchpoints/${touchpoint.id}${block ? `#${block}` : ""}`,
    audience: fix.id ? `/audiences/${fix.id}` : "/audiences",
    template: fix.id ? `/content/${fix.id}` : "/content",
    senders: "/settings/email",
    email_settings: "/settings/email",
    goal: `${campaign}#goal`,
    budget: `${campaign}#budget`,
    campaign,
    review: fix.id ? `/content-reviews/${fix.id}` : "/content?view=reviews",
    approval: fix.id ? `/approvals/${fix.id}` : "/approvals",
  };
  return places[fix.place];
}
