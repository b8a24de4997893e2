import { IconArrowMerge, IconArrowsSplit2, IconDownload, IconEraser } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useApi, useGet, useSend } from "@/api/hooks";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { later } from "@/ui/later";
import { saveFile } from "@/ui/longWork";
import { Page, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge, Tag } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { say } from "@/ui/tray";
import { Merges, MergeWithDialog, SplitDialog } from "../duplicates/Merges";
import { useT } from "../useT";
import { Companies } from "./Companies";
import { Consents } from "./Consent";
import { Attributes, Identities, Lists, Tags } from "./PersonFacts";
import css from "./person.module.css";
import { Timeline } from "./Timeline";
import type { Profile } from "./types";

const PersonScores = later(() => import("@/rooms/scores/PersonScores"));

/** One person: what happened, who they are, what is known, what they allow. */
export default function PersonPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const person = useGet("/people/{person_id}", { path: { person_id: Number(id) } }, { keep: false });
  return <Await query={person}>{(found) => <Loaded person={found} />}</Await>;
}

function Loaded({ person }: { person: Profile }) {
  const t = useT();
  const api = useApi();
  const archive = async () => {
    const file = await api.file("/people/{person_id}/archive", { path: { person_id: person.id } });
    saveFile(file, `person-${person.id}.json`);
  };
  const may = useMay("people.write");
  const mayExport = useMay("people.export");
  const [erasing, setErasing] = useState(false);
  const [dialog, setDialog] = useState<"merge" | "split">();
  const erased = person.erased_at !== null;
  return (
    <Page>
      <PageHead
        title={person.merged_into ? t("person.merged") : erased ? t("person.erased") : person.name}
        crumbs={[{ label: t("title"), to: "/people" }]}
        meaning={
          <span className={css.meaning}>
            {person.merged_into ? null : erased ? (
              <StateBadge tone="quiet">{t("person.erased.note")}</StateBadge>
            ) : (
              <>
                {person.email && person.email !== person.name && <span>{person.email}</span>}
                {person.tags.map((tag) => (
                  <Tag key={tag}>{tag}</Tag>
                ))}
              </>
            )}
          </span>
        }
        menu={
          erased
            ? undefined
            : [
                ...(mayExport ? [{ label: t("person.export"), icon: IconDownload, act: archive }] : []),
                ...(may
                  ? [
                      { label: t("merge.action"), icon: IconArrowMerge, act: () => setDialog("merge") },
                      { label: t("split.action"), icon: IconArrowsSplit2, act: () => setDialog("split") },
                    ]
                  : []),
                ...(may
                  ? [{ label: t("person.erase"), icon: IconEraser, danger: true, act: () => setErasing(true) }]
                  : []),
              ]
        }
      />
      {person.merged_into ? (
        <p className={css.muted}>
          {t("person.merged.text")} <A to={`/people/${person.merged_into}`}>{t("merges.open")}</A>
        </p>
      ) : erased ? (
        <p className={css.muted}>{t("person.erased.text")}</p>
      ) : (
        <ThingLayout
          factsTitle={t("person.facts")}
          facts={
            <>
              <Consents person={person} />
              <PersonScores person={person.id} />
              <Identities person={person} />
              <Attributes person={person} />
              <Tags person={person} />
              <Companies person={person} />
              <Lists person={person} />
              <Merges person={person} />
            </>
          }
        >
          <Timeline person={person.id} />
        </ThingLayout>
      )}
      {dialog === "merge" && <MergeWithDialog person={person} onClose={() => setDialog(undefined)} />}
      {dialog === "split" && <SplitDialog person={person} onClose={() => setDialog(undefined)} />}
      {erasing && <EraseDialog person={person} onClose={() => setErasing(false)} />}
    </Page>
  );
}

/** Says exactly what is lost, and asks for the name to be typed. */
function EraseDialog({ person, onClose }: { person: Profile; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const erase = useSend("delete", "/people/{person_id}");
  const known = Object.keys(person.attributes).length;
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t("erase.title", { name: person.name })}
      loses={[
        t("erase.identities"),
        t("erase.attributes", { count: known, tags: person.tags.length }),
        t("erase.events"),
        t("erase.lists", { count: person.lists.length }),
      ]}
      keeps={[t("erase.keeps.messages"), t("erase.keeps.block")]}
      action={t("erase.action", { name: person.name })}
      type={person.email ?? person.external_id ?? person.name}
      onConfirm={async () => {
        await erase.mutateAsync({ path: { person_id: person.id } });
        say(t("erase.done"));
        go("/people");
      }}
    />
  );
}
