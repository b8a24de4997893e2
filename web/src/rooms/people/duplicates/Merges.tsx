import { Button, Checkbox, Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { FormDialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import type { Happening, Profile } from "../person/types";
import { useT } from "../useT";
import { personName } from "../values";
import css from "./duplicates.module.css";
import { MergeDialog } from "./MergeDialog";

type Merge = Shape<"Merge">;

/** Who was made one with a person or split from them; the newest merge can be undone. */
export function Merges({ person }: { person: Profile }) {
  const t = useT();
  const list = useGet("/people/{person_id}/merges", { path: { person_id: person.id } }).data ?? [];
  if (list.length === 0) return null;
  return (
    <Section title={t("merges.title")}>
      <ul className={css.history}>
        {list.map((one) => (
          <Line key={one.id} one={one} person={person.id} />
        ))}
      </ul>
    </Section>
  );
}

function Line({ one, person }: { one: Merge; person: number }) {
  const t = useT();
  const format = useFormat();
  const may = useMay("people.write");
  const undo = useSend("post", "/people/merges/{merge_id}/undo", { onSuccess: () => say(t("merges.undo.done")) });
  const other = one.kept_id === person ? one.gone_id : one.kept_id;
  const what =
    one.kind === "merge" ? "merges.merged" : one.kept_id === person ? "merges.split" : ("merges.splitFrom" as const);
  return (
    <li>
      {t(what, { id: String(other) })}{" "}
      {(one.kind === "split" || one.undone_at) && <A to={`/people/${other}`}>{t("merges.open")}</A>}
      <br />
      <span className={css.muted}>
        {one.by}, {format.dateTime(one.at)}
        {one.undone_at && one.undone_by !== null
          ? ` · ${t("merges.undone", { by: one.undone_by, when: format.dateTime(one.undone_at) })}`
          : ""}
      </span>
      {may && one.kind === "merge" && one.kept_id === person && !one.undone_at && (
        <div>
          <Button
            size="compact-xs"
            variant="default"
            loading={undo.isPending}
            onClick={() => undo.mutate({ path: { merge_id: one.id } })}
          >
            {t("merges.undo")}
          </Button>
        </div>
      )}
      <FormError error={undo.error} />
    </li>
  );
}

/** Finds the other person by name, address or id, and then shows what a merge would do. */
export function MergeWithDialog({ person, onClose }: { person: Profile; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [words, setWords] = useState("");
  const [settled] = useDebouncedValue(words, 200);
  const [other, setOther] = useState<string | null>(null);
  const [comparing, setComparing] = useState<number>();
  const list = useKeyset<Shape<"PersonOut">>("/people", { query: { search: settled.trim() } }, { limit: 20 });
  const data = list.rows
    .filter(({ id }) => id !== person.id)
    .map((one) => ({ value: String(one.id), label: `${personName(one)} · ${one.email ?? one.external_id ?? one.id}` }));
  if (comparing !== undefined) {
    const done = (kept: number) => kept !== person.id && go(`/people/${kept}`);
    return <MergeDialog kept={person.id} gone={comparing} onClose={onClose} onDone={done} />;
  }
  return (
    <FormDialog
      title={t("merge.title")}
      onClose={onClose}
      action={t("dup.compare")}
      disabled={!other}
      onSubmit={() => setComparing(Number(other))}
    >
      <Select
        data-autofocus
        searchable
        label={t("merge.find")}
        data={data}
        value={other}
        onChange={setOther}
        onSearchChange={setWords}
        filter={({ options }) => options}
        nothingFoundMessage={list.state === "ready" ? t("merge.find.none") : undefined}
      />
    </FormDialog>
  );
}

/** Chooses which identities and events of a person belong to somebody else. */
export function SplitDialog({ person, onClose }: { person: Profile; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const format = useFormat();
  const [chosen, setChosen] = useState<string[]>([]);
  const [events, setEvents] = useState<string[]>([]);
  const lines = useKeyset<Happening>(
    "/people/{person_id}/timeline",
    { path: { person_id: person.id } },
    { limit: 200 },
  ).rows.filter(({ kind }) => kind === "event");
  const primary = [
    ["email", person.email],
    ["phone", person.phone],
    ["external", person.external_id],
  ] as const;
  const identities = [
    ...primary.flatMap(([kind, value]) => (value ? [{ kind: kind as string, value }] : [])),
    ...person.identities,
  ];
  const split = useSend("post", "/people/{person_id}/split", {
    onSuccess: ({ person_id }) => {
      say(t("split.done"));
      onClose();
      go(`/people/${person_id}`);
    },
  });
  return (
    <FormDialog
      title={t("split.title")}
      onClose={onClose}
      action={t("split.submit")}
      busy={split.isPending}
      disabled={chosen.length === 0}
      error={split.error}
      onSubmit={() =>
        split.mutate({
          path: { person_id: person.id },
          body: {
            identities: chosen.map((index) => identities[Number(index)]) as never,
            event_ids: events.map(Number),
          },
        })
      }
    >
      <p className={css.muted}>{t("split.note")}</p>
      <Checkbox.Group label={t("person.identities")} value={chosen} onChange={setChosen}>
        {identities.map(({ kind, value }, index) => (
          <Checkbox key={`${kind} ${value}`} mt={8} value={String(index)} label={value} />
        ))}
      </Checkbox.Group>
      {lines.length > 0 && (
        <Checkbox.Group label={t("split.events")} value={events} onChange={setEvents}>
          {lines.map((line) => (
            <Checkbox
              key={line.id}
              mt={8}
              value={String(line.id)}
              label={`${line.name} · ${format.dateTime(line.at)}`}
            />
          ))}
        </Checkbox.Group>
      )}
    </FormDialog>
  );
}
