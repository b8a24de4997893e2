import { Button, Menu } from "@mantine/core";
import { IconBookmark, IconTrash } from "@tabler/icons-react";
import { makeStoredStore } from "@/lib/store";
import type { ListState } from "@/lib/url";
import { useT } from "../useT";

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
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconBookmark size={14} />}>
          {t("views")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {saved.map((view) => (
          <Menu.Item key={view.name} onClick={() => onChange(view.state)}>
            {view.name}
          </Menu.Item>
        ))}
        {saved.length > 0 && <Menu.Divider />}
        <Menu.Item onClick={save}>{t("views.save")}</Menu.Item>
        {saved.map((view) => (
          <Menu.Item
            key={view.name}
            data-danger
            leftSection={<IconTrash size={14} />}
            onClick={() => views.set((now) => ({ ...now, [id]: saved.filter(({ name }) => name !== view.name) }))}
          >
            {t("views.remove", { name: view.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
