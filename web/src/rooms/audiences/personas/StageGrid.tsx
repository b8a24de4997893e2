import type { UseQueryResult } from "@tanstack/react-query";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Section } from "@/ui/Page";
import { Await } from "@/ui/states";
import { Unknown } from "@/ui/values";
import { useT } from "../useT";
import css from "./personas.module.css";

const stages = ["awareness", "consideration", "purchase"] as const;

type Counts = Shape<"StageCounts">;

/** How many people a persona has; 0 where they cannot be counted. */
export const peopleIn = (counts: Counts) =>
  [...stages, "quiet" as const].reduce((sum, stage) => sum + (counts[stage] ?? 0), 0);

interface Props {
  personas: Shape<"Persona">[];
  counts: UseQueryResult<Counts[]>;
}

/** How many people of each persona are in each stage of a decision, and what they want to know there. */
export function StageGrid({ personas, counts }: Props) {
  const t = useT();
  const format = useFormat();
  return (
    <Section
      title={t("personas.stages")}
      note={
        <>
          {t("personas.stages.note")} <A to="/audiences/intents">{t("personas.stages.sort")}</A>
        </>
      }
    >
      <Await query={counts} lines={personas.length + 1}>
        {(found) => (
          <div className={css.scroll}>
            <table className={css.grid}>
              <thead>
                <tr>
                  <th scope="col">{t("personas.one")}</th>
                  {stages.map((stage) => (
                    <th key={stage} scope="col">
                      {t(`intents.${stage}`)}
                    </th>
                  ))}
                  <th scope="col">{t("personas.stages.quiet")}</th>
                </tr>
              </thead>
              <tbody>
                {personas.map(({ id, name, portrait }) => {
                  const row = found.find((one) => one.persona_id === id);
                  return (
                    <tr key={id}>
                      <th scope="row">
                        <A to={`/personas/${id}`}>
                          <bdi>{name}</bdi>
                        </A>
                      </th>
                      {[...stages, "quiet" as const].map((stage) => (
                        <td key={stage}>
                          {row?.[stage] == null ? (
                            <Unknown why={t("personas.stages.why")} />
                          ) : (
                            <strong>{format.number(row[stage])}</strong>
                          )}
                          {stage !== "quiet" && portrait.journey?.[stage] && <small>{portrait.journey[stage]}</small>}
                        </td>
                      ))}
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </div>
        )}
      </Await>
    </Section>
  );
}
