import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { NumberRow, NumberTile } from "@/ui/NumberTile";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { useT } from "../useT";

const DAYS = 28;

/** How the workspace comes on: what its customers spent, and how many people it may write to. */
export default function TrendsPart() {
  const t = useT();
  const format = useFormat();
  const found = useGet("/trends", { query: { days: DAYS } }, { every: 300_000 });
  if (found.error) return <ErrorState error={found.error} onRetry={() => void found.refetch()} inline />;
  if (!found.data) return <SkeletonLines lines={3} />;
  const { days, minor_before, orders_ever, people_ever, unconverted } = found.data;
  const minor = days.reduce((sum, day) => sum + day.minor, 0);
  const orders = days.reduce((sum, day) => sum + day.orders, 0);
  const people = days.at(-1)?.people ?? 0;
  const more = people - (days[0]?.people ?? 0);
  return (
    <Section title={<A to="/reports">{t("home.trends", { days: DAYS })}</A>}>
      <NumberRow>
        <NumberTile
          label={t("home.revenue")}
          value={orders_ever ? format.money(minor) : undefined}
          why={t("home.revenue.none")}
          base={
            unconverted
              ? t("home.revenue.unconverted", { orders, count: unconverted })
              : orders_ever
                ? t("home.revenue.orders", { orders })
                : undefined
          }
          comparison={
            minor_before > 0
              ? { words: t("home.revenue.before", { change: format.change(minor / minor_before - 1) }) }
              : undefined
          }
          trend={orders_ever ? days.map((day) => day.minor) : undefined}
          to="/reports"
        />
        <NumberTile
          label={t("home.reach")}
          value={people_ever ? format.number(people) : undefined}
          why={t("home.reach.none")}
          comparison={people_ever ? { words: t("home.reach.more", { more: format.signed(more) }) } : undefined}
          trend={people_ever ? days.map((day) => day.people) : undefined}
          to="/people"
        />
      </NumberRow>
    </Section>
  );
}
