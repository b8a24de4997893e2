import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { makeStoredStore } from "@/api/store";
import type { ListState } from "@/lib/url";
import { later } from "../later";
import { Menu } from "../Menu";
import { useT } from "../useT";
import css from "./FilterBar.module.css";

/** The dialog and its code come when it is first opened. */
const NameView = later(() => import("./NameView"));

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
  const [naming, setNaming] = useState(false);
  const keep = (change: (mine: View[]) => View[]) => views.set((now) => ({ ...now, [id]: change(now[id] ?? []) }));
  return (
    <>
      <Menu
        className={css.quiet}
        entries={[
          ...saved.map((view) => ({ label: view.name, act: () => onChange(view.state) })),
          { label: t("views.save"), heading: saved.length ? "" : undefined, act: () => setNaming(true) },
          ...saved.map((view) => ({
            label: t("views.remove", { name: view.name }),
            icon: IconTrash,
            danger: true,
            act: () => keep((mine) => mine.filter(({ name }) => name !== view.name)),
          })),
        ]}
      >
        <IconBookmark size={14} />
        {t("views")}
      </Menu>
      {naming && (
        <NameView
          taken={saved.map(({ name }) => name)}
          onClose={() => setNaming(false)}
          onName={(name) => keep((mine) => [...mine.filter((view) => view.name !== name), { name, state }])}
        />
      )}
    </>
  );
}
