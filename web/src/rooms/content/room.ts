import { IconFileText, IconPalette, IconPhoto } from "@tabler/icons-react";
import { liquidWords, sayPath } from "@/lib/liquid";
import type { Room } from "@/lib/rooms";

interface Found {
  items: { id: string; name: string; subject: string }[];
}

export const content: Room = {
  name: "content",
  pages: {
    content: () => import("./ContentPage"),
    "content/$id": () => import("./EditorPage"),
    assets: () => import("./AssetsPage"),
    "settings/brand": () => import("./brand/BrandPage"),
  },
  nav: [
    {
      stage: "create",
      order: 10,
      label: "content.nav",
      icon: IconFileText,
      to: "/content",
      permission: "content.read",
      keys: "g e",
    },
    {
      stage: "create",
      order: 20,
      label: "content.assets.nav",
      icon: IconPhoto,
      to: "/assets",
      permission: "settings.read",
    },
  ],
  settings: [
    {
      group: "workspace",
      order: 20,
      label: "content.brand.title",
      icon: IconPalette,
      to: "/settings/brand",
      permission: "settings.read",
    },
  ],
  palette: [{ order: 30, label: "content.new", icon: IconFileText, to: "/content?new=1", permission: "content.write" }],
  search: [
    {
      id: "content",
      label: "content.nav",
      icon: IconFileText,
      permission: "content.read",
      find: async (words, ask) => {
        const { items } = await ask<Found>("/templates", { query: { q: words, limit: 5 } });
        return items.map(({ id, name, subject }) => ({
          id,
          title: name,
          note: liquidWords(subject, sayPath),
          to: `/content/${id}`,
        }));
      },
    },
  ],
  steps: [
    {
      id: "content",
      order: 30,
      label: "content.step",
      why: "content.step.why",
      action: "content.new",
      to: "/content?new=1",
      permission: "content.write",
      done: async (ask) => (await ask<Found>("/templates", { query: { limit: 1 } })).items.length > 0,
    },
  ],
};
