import { Button } from "@mantine/core";
import { IconArrowRight } from "@tabler/icons-react";
import { useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useExactMoney } from "@/ui/numbers";
import { Section } from "@/ui/Page";
import { StateBadge } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import { Name } from "@/ui/values";
import css from "./budget.module.css";
import { useT } from "./useT";

type Move = Shape<"Reallocation">;
const tones = { waiting: "waiting", done: "good", withdrawn: "quiet" } as const;

/** Money that went from and to the campaign's lines, and why. Nothing when nothing did. */
export function Moves({ campaignId, mayEdit }: { campaignId: string; mayEdit: boolean }) {
  const t = useT();
  const format = useFormat();
  const exact = useExactMoney();
  const list = useKeyset<Move>(
    "/campaigns/{campaign_id}/budget/reallocations",
    { path: { campaign_id: campaignId } },
    { limit: 20 },
  );
  const carry = useSend("post", "/budget/reallocations/{move_id}/carry-out");
  const withdraw = useSend("delete", "/budget/reallocations/{move_id}");
  if (!list.rows.length) return null;
  const name = (line: string, campaign: string | null | undefined, id: string) =>
    id === campaignId || !campaign ? line : `${line} (${campaign})`;
  return (
    <Section title={t("moves")}>
      <ul className={css.moves}>
        {list.rows.map((move) => (
          <li key={move.id}>
            <div>
              <span>
                {name(move.from_name, move.from_campaign_name, move.from_campaign_id)} <IconArrowRight size={14} />{" "}
                {name(move.to_name, move.to_campaign_name, move.to_campaign_id)}
              </span>
              <small>
                <Name>{move.reason}</Name> · <Name>{move.asked_by}</Name> · {format.when(move.created_at)}
              </small>
            </div>
            <b>{exact(move.amount_minor)}</b>
            <StateBadge tone={tones[move.state]}>{t(`move.${move.state}`)}</StateBadge>
            {mayEdit && move.state === "waiting" && (
              <div className={css.toolbar}>
                <Button size="compact-xs" variant="default" component={A} to="/approvals">
                  {t("approval.open")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => carry.mutate({ path: { move_id: move.id } })}
                >
                  {t("move.carry")}
                </Button>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="gray"
                  onClick={() => withdraw.mutate({ path: { move_id: move.id } })}
                >
                  {t("move.withdraw")}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      <FormError error={carry.error ?? withdraw.error} />
      {list.more && (
        <Button size="xs" variant="default" onClick={list.loadMore} loading={list.loadingMore}>
          {t("entries.more")}
        </Button>
      )}
    </Section>
  );
}
