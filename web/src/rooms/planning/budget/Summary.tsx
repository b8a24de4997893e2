import { Button } from "@mantine/core";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { Meter } from "../Meter";
import type { Campaign } from "../words";
import css from "./budget.module.css";
import { useT } from "./useT";

/** A campaign's money in one line, with the way to its lines. */
export function BudgetSummary({ campaign }: { campaign: Campaign }) {
  const t = useT();
  const format = useFormat();
  const { planned_minor: planned, spent_minor: spent, lines } = campaign.budget;
  const open = (
    <Button component={A} to={`/campaigns/${campaign.id}?tab=budget`} size="xs" variant="default">
      {lines ? t("open") : t("begin")}
    </Button>
  );
  return (
    <Section title={t("tab")} action={open}>
      {lines === 0 ? (
        <p className={css.muted}>{t("empty")}</p>
      ) : (
        <Meter share={planned ? spent / planned : spent ? 2 : 0}>
          {t("summary", { spent: format.money(spent), planned: format.money(planned), lines })}
        </Meter>
      )}
    </Section>
  );
}
