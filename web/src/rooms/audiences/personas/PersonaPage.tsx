import { Button } from "@mantine/core";
import { IconArchive, IconArchiveOff, IconPencil, IconPrinter } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Facts, Page, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { Unknown } from "@/ui/values";
import { Profile } from "../Profile";
import { useT } from "../useT";
import { Figures } from "./Figures";
import { Notes } from "./Notes";
import { PersonaDialog } from "./PersonaDialog";
import { Standing } from "./PersonasPage";
import css from "./persona.module.css";
import { demographics, lists, stages, whole } from "./portrait";

type Persona = Shape<"Persona">;

/** One persona: the description, the people it is about, and how it is known. */
export default function PersonaPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const persona = useGet("/personas/{persona_id}", { path: { persona_id: id } }, { keep: false });
  return <Await query={persona}>{(found) => <Loaded persona={found} />}</Await>;
}

function Loaded({ persona }: { persona: Persona }) {
  const t = useT();
  const archived = persona.archived_at !== null;
  const mayWrite = useMay("audiences.write");
  const may = mayWrite && !archived;
  const [editing, setEditing] = useState(false);
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true }).data;
  const path = { persona_id: persona.id };
  const restore = useSend("post", "/personas/{persona_id}/restore");
  const archive = useSend("post", "/personas/{persona_id}/archive", {
    onSuccess: () =>
      say(t("personas.archived.done", { name: persona.name }), {
        action: { label: t("one.undo"), undo: true, act: () => restore.mutate({ path }) },
      }),
  });
  return (
    <Page>
      <PageHead
        title={persona.name}
        crumbs={[{ label: t("personas"), to: "/personas" }]}
        meaning={persona.summary || t("personas.one")}
        action={
          archived
            ? mayWrite && (
                <Button
                  leftSection={<IconArchiveOff size={16} />}
                  loading={restore.isPending}
                  onClick={() => restore.mutate({ path })}
                >
                  {t("one.restore")}
                </Button>
              )
            : may && (
                <Button leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
                  {t("personas.edit")}
                </Button>
              )
        }
        menu={[
          { label: t("library.print"), icon: IconPrinter, act: () => window.print() },
          ...(may ? [{ label: t("one.archive"), icon: IconArchive, act: () => archive.mutate({ path }) }] : []),
        ]}
      />
      <FormError error={restore.error ?? archive.error} />
      <ThingLayout factsTitle={t("personas.facts")} facts={<Beside persona={persona} may={may} />}>
        <Sheet persona={persona} />
        <div className="g-no-print">
          <Figures persona={persona} vocabulary={vocabulary} />
        </div>
        {persona.audience && !persona.audience.archived && (
          <div className="g-no-print">
            <Profile audience={persona.audience} vocabulary={vocabulary} />
          </div>
        )}
        <Notes persona={persona} may={may} />
      </ThingLayout>
      {editing && <PersonaDialog persona={persona} onClose={() => setEditing(false)} />}
    </Page>
  );
}

function Beside({ persona, may }: { persona: Persona; may: boolean }) {
  const t = useT();
  const format = useFormat();
  const review = useSend("post", "/personas/{persona_id}/review", { onSuccess: () => say(t("personas.reviewed")) });
  const { audience } = persona;
  return (
    <>
      <Facts
        items={[
          [
            t("personas.audience"),
            audience ? (
              <A to={`/audiences/${audience.id}`}>{audience.name}</A>
            ) : (
              <Unknown why={t("personas.audience.none")} />
            ),
          ],
          [t("library.owner"), persona.owner?.name ?? t("library.owner.none")],
          [t("personas.review"), persona.reviewed_on ? format.day(persona.reviewed_on) : t("personas.review.never")],
        ]}
      />
      <Standing persona={persona} />
      <p className={css.muted}>
        {t(persona.overdue ? "library.overdue" : "library.due", { on: format.day(persona.due_on) })}
      </p>
      {may && (
        <Button
          variant="default"
          className="g-no-print"
          loading={review.isPending}
          title={t("personas.holds.note")}
          onClick={() => review.mutate({ path: { persona_id: persona.id }, body: { version: persona.version } })}
        >
          {t("library.holds")}
        </Button>
      )}
      <FormError error={review.error} />
    </>
  );
}

/** The ten fields; what nobody has written yet is left out. */
function Sheet({ persona }: { persona: Persona }) {
  const t = useT();
  const portrait = whole(persona.portrait);
  const facts = demographics.filter((key) => portrait[key]);
  const journey = stages.filter((key) => portrait.journey[key]);
  const written = lists.filter((key) => portrait[key].length > 0);
  if (!portrait.message && !portrait.tone && facts.length + journey.length + written.length === 0)
    return <p className={css.muted}>{t("personas.sheet.empty")}</p>;
  return (
    <div className={css.sheet}>
      {portrait.message && <blockquote className={css.key}>{portrait.message}</blockquote>}
      {facts.length > 0 && (
        <Part title={t("personas.demographics")}>
          <Facts items={facts.map((key) => [t(`personas.${key}`), portrait[key]])} />
        </Part>
      )}
      {written.map((key) => (
        <Part key={key} title={t(`personas.${key}`)}>
          <ul>
            {portrait[key].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Part>
      ))}
      {portrait.tone && (
        <Part title={t("personas.tone")}>
          <p>{portrait.tone}</p>
        </Part>
      )}
      {journey.length > 0 && (
        <Part title={t("personas.journey")} wide>
          <Facts items={journey.map((key) => [t(`personas.journey.${key}`), portrait.journey[key]])} />
        </Part>
      )}
    </div>
  );
}

function Part({ title, wide, children }: { title: string; wide?: boolean; children: ReactNode }) {
  return (
    <section className={css.part} data-wide={wide || undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
