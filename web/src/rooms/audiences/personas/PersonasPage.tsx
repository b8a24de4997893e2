import { Button } from "@mantine/core";
import { IconArchive, IconPlus } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useOpening, useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { Await, EmptyState } from "@/ui/states";
import { Face, Unknown } from "@/ui/values";
import { useT } from "../useT";
import { PersonaDialog } from "./PersonaDialog";
import css from "./personas.module.css";
import { peopleIn, StageGrid } from "./StageGrid";

type Persona = Shape<"Persona">;

/** More than these nobody keeps in mind. */
const FEW = 5;

/** Whom the team speaks to: described buyers, each with the people behind it. */
export default function PersonasPage() {
  const t = useT();
  const go = useGo();
  const may = useMay("audiences.write");
  const [shown, show] = useParam("shown", "used");
  const [making, setMaking] = useOpening("new");
  const archived = shown === "archived";
  const list = useGet("/personas", { query: { archived } });
  const counts = useGet("/personas/stages", {}, { slow: true, enabled: !archived });
  const make = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("personas.new")}
    </Button>
  );
  return (
    <Page>
      <PageHead
        title={archived ? t("personas.archived.title") : t("personas")}
        meaning={t("personas.meaning")}
        action={!archived && make}
        menu={[
          archived
            ? { label: t("personas.used"), icon: IconArchive, act: () => show("used") }
            : { label: t("personas.archived.show"), icon: IconArchive, act: () => show("archived") },
        ]}
      />
      <Await query={list} lines={10}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="audience" action={archived ? undefined : make}>
              {t(archived ? "personas.archived.none" : "personas.empty")}
            </EmptyState>
          ) : (
            <>
              {!archived && found.length > FEW && (
                <p className={css.muted}>{t("personas.many", { count: found.length })}</p>
              )}
              <div className={css.cards}>
                {found.map((one) => (
                  <Card
                    key={one.id}
                    persona={one}
                    stages={counts.data?.find(({ persona_id }) => persona_id === one.id)}
                  />
                ))}
              </div>
              {!archived && <StageGrid personas={found} counts={counts} />}
            </>
          )
        }
      </Await>
      {making && <PersonaDialog onClose={() => setMaking("")} onSaved={({ id }) => go(`/personas/${id}`)} />}
    </Page>
  );
}

function Card({ persona, stages }: { persona: Persona; stages: Shape<"StageCounts"> | undefined }) {
  const t = useT();
  const format = useFormat();
  // The hourly count may be still to come; the stages are counted now.
  const size = stages?.quiet == null ? persona.size : peopleIn(stages);
  const { portrait, audience } = persona;
  const demographics = [portrait.age, portrait.job, portrait.company_size, portrait.region].filter(Boolean);
  return (
    <A to={`/personas/${persona.id}`} className={css.card}>
      <span className={css.cardHead}>
        <Face name={persona.name} size={44} />
        <span>
          <strong>
            <bdi>{persona.name}</bdi>
          </strong>
          {demographics.length > 0 && <small>{demographics.join(" · ")}</small>}
        </span>
      </span>
      {persona.summary && <span>{persona.summary}</span>}
      {portrait.message && <q className={css.message}>{portrait.message}</q>}
      <span className={css.cardFoot}>
        {audience === null ? (
          <small>{t("personas.audience.none")}</small>
        ) : (
          <small>
            {size === null ? <Unknown why={t("library.size.why")} /> : t("personas.size", { count: size })} ·{" "}
            {audience.name}
          </small>
        )}
        <Standing persona={persona} />
        {persona.overdue && (
          <StateBadge tone="look" plain>
            {t("library.overdue", { on: format.day(persona.due_on) })}
          </StateBadge>
        )}
      </span>
    </A>
  );
}

/** Whether the people are still those that were described. */
export function Standing({ persona }: { persona: Persona }) {
  const t = useT();
  if (persona.audience?.archived) return <StateBadge tone="look">{t("personas.audience.archived")}</StateBadge>;
  if (persona.drifts.length === 0) return null;
  return <StateBadge tone="look">{t("personas.drifted", { count: persona.drifts.length })}</StateBadge>;
}
