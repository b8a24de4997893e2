import { IconForms } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

interface Found {
  items: { id: string; name: string }[];
}

export const forms: Room = {
  name: "forms",
  pages: {
    forms: () => import("./FormsPage"),
    "forms/$id": () => import("./FormPage"),
  },
  nav: [
    {
      stage: "audience",
      order: 40,
      label: "forms.nav",
      icon: IconForms,
      to: "/forms",
      permission: "settings.read",
      keys: "g f",
    },
  ],
  palette: [{ order: 35, label: "forms.new", icon: IconForms, to: "/forms?new=1", permission: "content.write" }],
  search: [
    {
      id: "forms",
      label: "forms.nav",
      icon: IconForms,
      permission: "settings.read",
      find: async (words, ask) => {
        const { items } = await ask<Found>("/forms", { query: { q: words, limit: 5 } });
        return items.map(({ id, name }) => ({ id, title: name, to: `/forms/${id}` }));
      },
    },
  ],
};
