import { useGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { Figure, LineChart } from "@/ui/charts";
import { Section } from "@/ui/Page";
import { Await } from "@/ui/states";
import css from "./audiences.module.css";
import { useT } from "./useT";

/** How many people an audience had, day by day. */
export function Sizes({ audience }: { audience: { id: string } }) {
  const t = useT();
  const format = useFormat();
  const sizes = useGet("/audiences/{audience_id}/sizes", { path: { audience_id: audience.id } }, { slow: true });
  return (
    <Section>
      <Await query={sizes} lines={5}>
        {(found) => {
          const [first, last] = [found.at(0), found.at(-1)];
          if (!first || !last || first === last)
            return (
              <>
                <h2>{t("sizes")}</h2>
                <p className={css.muted}>{t("sizes.none")}</p>
              </>
            );
          return (
            <Figure
              top
              title={t("sizes")}
              point={t("sizes.point", {
                now: format.number(last.size),
                day: format.day(last.day),
                change: format.signed(last.size - first.size),
                first: format.day(first.day),
              })}
              table={{
                head: [t("sizes.day"), t("sizes.people")],
                rows: found.toReversed().map(({ day, size }) => [format.day(day), format.number(size)]),
              }}
            >
              <LineChart
                points={found.map(({ day, size }) => ({ x: day, size }))}
                series={[{ key: "size", label: t("sizes.people"), colour: 1 }]}
                sayX={(day, short) => (short ? format.dayOfYear(day) : format.day(day))}
                sayY={(size) => format.number(size)}
                height={200}
              />
            </Figure>
          );
        }}
      </Await>
    </Section>
  );
}
