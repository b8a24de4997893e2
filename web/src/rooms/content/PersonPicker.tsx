import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type KeyboardEvent, useState } from "react";
import { useLooseGet } from "@/api/hooks";
import { dotted } from "@/lib/text";
import { useMay } from "@/lib/workspace";
import type { Sample } from "./draft";
import { useT } from "./useT";

interface Person {
  id: number;
  email: string | null;
  external_id: string | null;
  attributes: Record<string, unknown>;
}

/** As whom a mail is seen: somebody, or a made-up person, the usual one or one whom mails are broken by. */
export interface Seen {
  id?: number;
  name?: string;
  sample?: Sample;
}

interface Props {
  seen: Seen;
  onPick: (seen: Seen) => void;
}

const samples = ["nameless", "long", "chinese", "right_to_left"] as const satisfies Sample[];

function label({ id, email, external_id, attributes }: Person): string {
  const name = [attributes.first_name, attributes.last_name].filter(Boolean).join(" ");
  return dotted([name, email ?? external_id ?? (name ? "" : String(id))]);
}

/** Whom to see the mail as: a made-up person, or anybody, found by typing. */
export function PersonPicker({ seen, onPick }: Props) {
  const t = useT();
  const may = useMay("people.read");
  const [words, setWords] = useState("");
  const [settled] = useDebouncedValue(words, 200);
  const person = seen.id === undefined ? undefined : { id: seen.id, name: seen.name ?? "" };
  const sampleOptions = samples.map((value) => ({ value, label: t(`preview.sample.${value}`) }));
  const shown = person?.name ?? sampleOptions.find(({ value }) => value === seen.sample)?.label;
  const q = settled === shown ? "" : settled;
  const found = useLooseGet<{ items: Person[] }>("/people", { query: { search: q, limit: 20 } }, { enabled: may });
  const people = found.data?.items ?? [];
  const options = people.map((one) => ({ value: String(one.id), label: label(one) }));
  if (person && !people.some(({ id }) => id === person.id))
    options.unshift({ value: String(person.id), label: person.name });
  // As in every other list that is searched: Enter takes the first that fits, once the answer is there.
  const takeFirst = (event: KeyboardEvent<HTMLInputElement>) => {
    const ready = q !== "" && settled === words && !found.isFetching;
    if (event.key !== "Enter" || !ready || !people[0] || event.currentTarget.getAttribute("aria-activedescendant"))
      return;
    event.preventDefault();
    onPick({ id: people[0].id, name: label(people[0]) });
    event.currentTarget.blur();
  };
  return (
    <Select
      size="xs"
      w={260}
      aria-label={t("preview.person")}
      placeholder={t("preview.sample")}
      searchable
      clearable
      data={[
        ...(q ? [] : [{ group: t("preview.samples"), items: sampleOptions }]),
        ...(options.length ? [{ group: t("preview.people"), items: options }] : []),
      ]}
      value={person ? String(person.id) : (seen.sample ?? null)}
      filter={({ options: all }) => all}
      onSearchChange={setWords}
      onKeyDown={takeFirst}
      nothingFoundMessage={found.data && t("preview.nobody")}
      onChange={(value, option) => {
        const sample = samples.find((one) => one === value);
        onPick(sample ? { sample } : value ? { id: Number(value), name: option.label } : {});
      }}
    />
  );
}
