import { Modal } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconHome, IconKeyboard, IconLanguage, IconSearch, IconSettings } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useApi } from "@/api/hooks";
import { type Language, languages, useWords } from "@/lib/i18n";
import { useGo } from "@/lib/links";
import { useChangeProfile } from "@/lib/profile";
import { type Icon, useRooms } from "@/lib/rooms";
import { matches } from "@/lib/text";
import { useWorkspaceSettings } from "@/lib/workspace";
import { useBack, useFocus } from "@/ui/useLayer";
import { useT } from "../useT";
import { themes } from "./menus";
import css from "./Palette.module.css";
import { useNav, useOwn } from "./Rail";

interface Item {
  id: string;
  group: string;
  title: string;
  note?: string;
  icon: Icon;
  act: () => void;
}

/** ⌘K: go to a page, do something, or find a thing by its name. */
export default function Palette({ onClose, onKeys }: { onClose: () => void; onKeys: () => void }) {
  const t = useT();
  const list = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLDivElement>(null);
  useFocus(true, field);
  useBack(
    true,
    () => {
      onClose();
      return true;
    },
    true,
  );
  const { items, asking } = useItems(text, onClose, onKeys);
  const chosen = Math.min(at, items.length - 1);
  useEffect(() => {
    box.current?.querySelector(`[data-index="${chosen}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setAt((chosen + 1) % Math.max(items.length, 1));
    else if (event.key === "ArrowUp") setAt((chosen - 1 + items.length) % Math.max(items.length, 1));
    else if (event.key === "Enter" && !event.nativeEvent.isComposing) items[chosen]?.act();
    else return;
    event.preventDefault();
  };
  return (
    <Modal.Root
      opened
      onClose={onClose}
      closeOnEscape={false}
      returnFocus={false}
      size={600}
      padding={0}
      yOffset="12vh"
    >
      <Modal.Overlay />
      <Modal.Content aria-label={t("search")}>
        <div className={css.field} ref={field}>
          <IconSearch size={18} />
          <input
            value={text}
            data-autofocus
            role="combobox"
            aria-expanded="true"
            aria-controls={list}
            aria-activedescendant={items[chosen] ? `${list}-${chosen}` : undefined}
            aria-label={t("search")}
            placeholder={t("palette.hint")}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setAt(0);
            }}
            onKeyDown={onKeyDown}
          />
        </div>
        <div className={css.list} id={list} role="listbox" aria-label={t("palette.results")} ref={box}>
          {items.map((item, index) => {
            const Icon = item.icon;
            const first = items[index - 1]?.group !== item.group;
            return (
              <div key={item.id} role="presentation">
                {first && (
                  <p className={css.group} role="presentation">
                    {item.group}
                  </p>
                )}
                {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, as in every combobox */}
                <div
                  id={`${list}-${index}`}
                  data-index={index}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === chosen}
                  className={css.item}
                  onClick={item.act}
                  onMouseMove={() => setAt(index)}
                >
                  <Icon size={16} />
                  <span>{item.title}</span>
                  {item.note && <small>{item.note}</small>}
                </div>
              </div>
            );
          })}
        </div>
        <p className={css.none} role="status">
          {items.length > 0 ? "" : asking ? t("palette.asking") : t("palette.none", { text })}
        </p>
      </Modal.Content>
    </Modal.Root>
  );
}

function useItems(text: string, onClose: () => void, onKeys: () => void): { items: Item[]; asking: boolean } {
  const t = useT();
  const words = useWords();
  const go = useGo();
  const rooms = useRooms();
  const nav = useNav();
  const own = useOwn();
  const { permissions } = useWorkspaceSettings();
  const looks = useLooks();
  const { hits, asking } = useHits(text);
  const items = useMemo(() => {
    const may = ({ permission }: { permission?: string }) => !permission || permissions.has(permission);
    const open = (to: string) => () => {
      onClose();
      go(to);
    };
    const pages: Item[] = [
      { id: "home", group: t("palette.go"), title: t("nav.home"), icon: IconHome, act: open("/") },
      ...[...own, ...nav.flatMap(({ entries }) => entries)].map((entry) => ({
        id: entry.to,
        group: t("palette.go"),
        title: words(entry.label),
        icon: entry.icon,
        act: open(entry.to),
      })),
      ...rooms
        .flatMap((room) => room.settings ?? [])
        .filter(may)
        .map((entry) => ({
          id: entry.to,
          group: t("palette.go"),
          title: words(entry.label),
          note: t("nav.settings"),
          icon: IconSettings as Icon,
          act: open(entry.to),
        })),
    ];
    const actions: Item[] = rooms
      .flatMap((room) => room.palette ?? [])
      .filter(may)
      .sort((a, b) => (a.order ?? 500) - (b.order ?? 500))
      .map((entry) => ({
        id: `do ${entry.to}`,
        group: t("palette.do"),
        title: words(entry.label),
        icon: entry.icon,
        act: open(entry.to),
      }));
    // What is looked for, but not offered: nobody changes the language every day.
    const change = (act: () => void) => () => {
      onClose();
      act();
    };
    if (text) actions.push(...looks.map((one) => ({ ...one, group: t("palette.do"), act: change(one.act) })));
    actions.push({ id: "keys", group: t("palette.do"), title: t("keys.help"), icon: IconKeyboard, act: onKeys });
    const found: Item[] = hits.map((hit) => ({ ...hit, act: open(hit.to) }));
    // Without words: what one does; with words: where they lead.
    return (text ? [...pages, ...actions] : [...actions, ...pages])
      .filter(({ title, note }) => matches(`${title} ${note ?? ""}`, text))
      .concat(found);
  }, [t, words, go, rooms, nav, own, permissions, hits, looks, text, onClose, onKeys]);
  return { items, asking };
}

/** What the rooms find for these words; the last answers stay while new ones are on their way. */
function useHits(text: string) {
  const words = useWords();
  const rooms = useRooms();
  const { slug, permissions } = useWorkspaceSettings();
  const { read } = useApi();
  const [wanted] = useDebouncedValue(text.trim(), 160);
  const sources = rooms
    .flatMap((room) => room.search ?? [])
    .filter((one) => !one.permission || permissions.has(one.permission));
  return useQueries({
    queries: sources.map((source) => ({
      queryKey: ["palette", slug, source.id, wanted],
      queryFn: () => source.find(wanted, read),
      enabled: wanted.length > 1,
      staleTime: 30_000,
    })),
    combine: (answers) => ({
      asking: wanted !== text.trim() || answers.some(({ isFetching }) => isFetching),
      hits: answers.flatMap(({ data }, index) => {
        const source = sources[index];
        if (!data || !source) return [];
        return data.map((hit) => ({
          ...hit,
          id: `${source.id} ${hit.id}`,
          group: words(source.label),
          icon: source.icon,
        }));
      }),
    }),
  });
}

/** The themes and languages, to be found by their names. */
function useLooks() {
  const t = useT();
  const change = useChangeProfile();
  return useMemo(() => {
    const looks = (Object.keys(themes) as (keyof typeof themes)[]).map((theme) => ({
      id: `theme ${theme}`,
      title: t(`theme.${theme}`),
      note: t("person.theme"),
      icon: themes[theme] as Icon,
      act: () => change({ theme }),
    }));
    const spoken = (Object.keys(languages) as Language[]).map((language) => ({
      id: `language ${language}`,
      title: languages[language],
      note: t("person.language"),
      icon: IconLanguage as Icon,
      act: () => change({ language }),
    }));
    return [...looks, ...spoken];
  }, [t, change]);
}
