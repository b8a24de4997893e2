import type { Shape } from "@/api/schema";
import { type Role, roles, useRoleName } from "@/rooms/accounts/roles";
import { StateBadge, type Tone } from "@/ui/StateBadge";
import type en from "./messages/en.json";
import { useT } from "./useT";

export type Request = Shape<"ApprovalOut">;
export type Row = Shape<"ApprovalRow">;
export type State = Row["state"];
export type Kind = Row["kind"];

export const kinds = ["launch", "content", "budget", "reallocation", "goal", "brief"] as const;
export const states = ["waiting", "approved", "changes", "refused", "void", "withdrawn", "replaced"] as const;

const tones: Record<State, Tone> = {
  waiting: "waiting",
  approved: "good",
  changes: "look",
  refused: "bad",
  withdrawn: "quiet",
  replaced: "quiet",
  void: "look",
};

export function StateWord({ state, plain }: { state: State; plain?: boolean }) {
  const t = useT();
  return (
    <StateBadge tone={tones[state]} plain={plain}>
      {t(`state.${state}`)}
    </StateBadge>
  );
}

/** Who is asked: a group by its name, a role or a part in the reader's language. */
export function useAsked(): (kind: string, label: string) => string {
  const t = useT();
  const roleName = useRoleName();
  return (kind, label) => {
    if (kind === "part") return t("part.approves");
    const role = kind === "role" && roles.find((one: Role) => one === label);
    return role ? t("role.of", { role: roleName(role) }) : label;
  };
}

type Words = keyof typeof en;
/** The words of a code, if there are any, else the code as it is. */
export function useCode(): (group: "channel" | "category" | "risk", code: string) => string {
  const t = useT();
  const all: Record<string, Words> = {
    "channel.email": "channel.email",
    "channel.sms": "channel.sms",
    "channel.push": "channel.push",
    "channel.social": "channel.social",
    "channel.ads": "channel.ads",
    "channel.print": "channel.print",
    "category.acquisition": "category.acquisition",
    "category.monetisation": "category.monetisation",
    "category.engagement": "category.engagement",
    "risk.first_use_of_channel": "risk.first_use_of_channel",
    "risk.over_contacted": "risk.over_contacted",
    "risk.missing_consent": "risk.missing_consent",
  };
  return (group, code) => {
    const key = all[`${group}.${code}`];
    return key ? t(key as "channel.email") : code;
  };
}
