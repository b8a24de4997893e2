import { TextInput } from "@mantine/core";
import { IconPlus, IconSearch } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useFormat } from "@/lib/format";
import { useShortcut } from "@/lib/keys";
import { capital } from "@/lib/text";
import type { ListState } from "@/lib/url";
import { later } from "../later";
import { Menu } from "../Menu";
import { useT } from "../useT";
import css from "./FilterBar.module.css";

/** What a clause needs to be changed comes with the first clause. */
const FilterWord = later(
  () => import("./FilterWord"),
  ({ filter }) => filter.name,
);

export interface Filter {
  id: string;
  /** As it reads in the sentence: "status", "city", "joined after". */
  name: string;
  /** What can be chosen; without it the person types. */
  options?: { value: string; label: string }[];
  /** Only one option at a time. */
  single?: boolean;
  /** What is typed. */
  type?: "text" | "number" | "date";
}

interface Props {
  /** The beginning of the sentence: "People", "Campaigns". */
  lead: string;
  filters: Filter[];
  state: ListState;
  onChange: (change: Partial<ListState>) => void;
  /** What the search looks at: "Name, email or external id". Without it there is no search. */
  search?: string;
  /** Saved views or other controls at the right. */
  children?: ReactNode;
}

/** Reads like a sentence: "People whose status is customer and city is Lund · + filter", and a search. */
export function FilterBar({ lead, filters, state, onChange, search, children }: Props) {
  const t = useT();
  const format = useFormat();
  const [fresh, setFresh] = useState<string>();
  const active = filters.filter(({ id }) => state.filters[id]?.length || id === fresh);
  const rest = filters.filter((filter) => !active.includes(filter));
  const set = (id: string, values: string[] | undefined) => {
    const { [id]: _, ...others } = state.filters;
    onChange({ filters: values?.length ? { ...others, [id]: values } : others });
  };
  return (
    <search className={css.root}>
      {search && <Search hint={search} value={state.q} onChange={(q) => onChange({ q })} />}
      <div className={css.sentence}>
        <span className={css.lead}>{active.length ? t("filter.whose", { things: lead }) : lead}</span>
        {active.map((filter, index) => (
          <span key={filter.id} className={css.clause}>
            {index > 0 && <span className={css.join}>{t("filter.and")}</span>}
            <FilterWord
              filter={filter}
              values={state.filters[filter.id] ?? []}
              open={filter.id === fresh}
              onClose={() => setFresh(undefined)}
              onChange={(values) => set(filter.id, values)}
              say={format.list}
            />
          </span>
        ))}
        {rest.length > 0 && (
          <Menu
            side="bottom-start"
            className={css.quiet}
            entries={rest.map(({ id, name }) => ({ label: capital(name), act: () => setFresh(id) }))}
          >
            <IconPlus size={14} />
            {t("filter.add")}
          </Menu>
        )}
        {active.length > 0 && (
          <button
            type="button"
            className={css.quiet}
            onClick={() => {
              setFresh(undefined);
              onChange({ filters: {} });
            }}
          >
            {t("filter.clear")}
          </button>
        )}
      </div>
      {children && <div className={css.extra}>{children}</div>}
    </search>
  );
}

/** Waits for a pause in typing, so that a list is not read at every letter. `/` goes there. */
function Search({ hint, value, onChange }: { hint: string; value: string; onChange: (value: string) => void }) {
  const t = useT();
  const [text, setText] = useState(value);
  const field = useRef<HTMLInputElement>(null);
  const last = useRef(value);
  useShortcut("/", t("keys.search"), t("keys.list"), () => field.current?.focus());
  useEffect(() => {
    if (value !== last.current) {
      last.current = value;
      setText(value);
    }
  }, [value]);
  useEffect(() => {
    if (text === last.current) return;
    const timer = setTimeout(() => {
      last.current = text;
      onChange(text);
    }, 220);
    return () => clearTimeout(timer);
  }, [text, onChange]);
  return (
    <TextInput
      ref={field}
      type="search"
      className={css.search}
      placeholder={hint}
      aria-label={hint}
      leftSection={<IconSearch size={16} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text) {
          event.stopPropagation();
          setText("");
        }
      }}
    />
  );
}
