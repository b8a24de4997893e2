import { Select, type SelectProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type ReactNode, useState } from "react";
import { type Page, useLooseGet } from "@/api/hooks";
import { useT } from "./useT";

interface Named {
  id: string;
  name: string;
}

interface Props extends Omit<SelectProps<string>, "data" | "value" | "onChange"> {
  /** The list in which the server searches. */
  among: "/audiences" | "/templates" | "/campaigns";
  value: string | null;
  onPick: (id: string | null) => void;
  /** What is chosen, which may be archived or far down the list. */
  chosen?: Named | null | undefined;
  /** Only things of this kind. */
  kind?: string;
  /** Never offered. */
  except?: string;
  /** Said below as long as the list has nothing at all. */
  empty?: ReactNode;
}

/** One of the workspace's many things, found by typing part of its name. */
export function FindField({ among, kind, value, onPick, chosen, except, empty, ...rest }: Props) {
  const t = useT();
  const [words, setWords] = useState(chosen && chosen.id === value ? chosen.name : "");
  const [settled] = useDebouncedValue(words, 150);
  const [picked, setPicked] = useState<Named>();
  const shown = [picked, chosen].find((one) => one?.id === value);
  const q = settled === shown?.name ? "" : settled.trim();
  const found = useLooseGet<Page<Named>>(among, { query: { q, kind, limit: 50 } }, { enabled: !rest.disabled });
  const fitting = (found.data?.items ?? []).filter(({ id }) => id !== except);
  // What is chosen keeps its name while other things are looked for.
  const things = !shown || fitting.some(({ id }) => id === value) ? fitting : [shown, ...fitting];
  return (
    <>
      <Select
        {...rest}
        searchable
        data={things.map(({ id, name }) => ({ value: id, label: name }))}
        value={value}
        filter={({ options }) => (q && things !== fitting ? options.slice(1) : options)}
        searchValue={words}
        onSearchChange={setWords}
        onOptionSubmit={(id) => id === value && shown && setWords(shown.name)}
        nothingFoundMessage={found.data && t("find.none")}
        onChange={(value) => {
          setPicked(things.find(({ id }) => id === value));
          onPick(value);
        }}
      />
      {!q && found.data?.items.length === 0 && empty}
    </>
  );
}
