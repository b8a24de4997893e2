import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { makeStoredStore } from "@/lib/store";
import type { ListState } from "@/lib/url";
import { Menu } from "../Menu";
import { useT } from "../useT";
import css from "./FilterBar.module.css";

interface View {
  name: string;
  state: ListState;
}

const views = makeStoredStore<Record<string, View[]>>("gonfalon.views", {});

/** Named filters of one list, kept on this machine. */
export function SavedViews({
  id,
  state,
  onChange,
}: {
  id: string;
  state: ListState;
  onChange: (state: ListState) => void;
}) {
  const t = useT();
  const saved = views.use()[id] ?? [];
  const save = () => {
    const name = prompt(t("views.name"))?.trim();
    if (name) views.set((now) => ({ ...now, [id]: [...saved.filter((view) => view.name !== name), { name, state }] }));
  };
  return (
    <Menu
      className={css.quiet}
      entries={[
        ...saved.map((view) => ({ label: view.name, act: () => onChange(view.state) })),
        { label: t("views.save"), heading: saved.length ? "" : undefined, act: save },
        ...saved.map((view) => ({
          label: t("views.remove", { name: view.name }),
          icon: IconTrash,
          danger: true,
          act: () => views.set((now) => ({ ...now, [id]: saved.filter(({ name }) => name !== view.name) })),
        })),
      ]}
    >
      <IconBookmark size={14} />
      {t("views")}
    </Menu>
  );
}
