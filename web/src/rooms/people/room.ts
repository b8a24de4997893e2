import {
  IconAdjustments,
  IconBuilding,
  IconFileImport,
  IconHistory,
  IconMessages,
  IconShieldCheck,
  IconUsers,
  IconUsersMinus,
} from "@tabler/icons-react";
import type { Page } from "@/api/hooks";
import type { Room } from "@/lib/rooms";
import { personName } from "./values";

interface Found {
  id: number;
  email: string | null;
  external_id: string | null;
  attributes: Record<string, unknown>;
}
interface Total {
  count: number;
}

export const people: Room = {
  name: "people",
  words: ["delivery"],
  pages: {
    people: () => import("./PeoplePage"),
    "people/$id": () => import("./person/PersonPage"),
    companies: () => import("./companies/CompaniesPage"),
    "companies/$id": () => import("./companies/CompanyPage"),
    "people/consent": () => import("./standings/ConsentPage"),
    "people/duplicates": () => import("./duplicates/DuplicatesPage"),
    "people/import": () => import("./imports/UploadPage"),
    "people/imports": () => import("./imports/ImportsPage"),
    "people/imports/$id": () => import("./imports/ImportPage"),
    "settings/attributes": () => import("./settings/AttributesPage"),
    "settings/topics": () => import("./settings/TopicsPage"),
  },
  nav: [
    {
      stage: "audience",
      order: 10,
      label: "people.nav",
      icon: IconUsers,
      to: "/people",
      permission: "people.read",
      keys: "g p",
    },
    {
      stage: "audience",
      order: 12,
      label: "people.companies.nav",
      icon: IconBuilding,
      to: "/companies",
      permission: "people.read",
    },
  ],
  settings: [
    {
      group: "people",
      order: 10,
      label: "people.attributes.nav",
      icon: IconAdjustments,
      to: "/settings/attributes",
      permission: "settings.read",
    },
    {
      group: "people",
      order: 20,
      label: "people.topics.nav",
      icon: IconMessages,
      to: "/settings/topics",
      permission: "settings.read",
    },
  ],
  palette: [
    {
      order: 40,
      label: "people.import.action",
      icon: IconFileImport,
      to: "/people/import",
      permission: "people.import",
    },
    { label: "people.standings.title", icon: IconShieldCheck, to: "/people/consent", permission: "people.read" },
    { label: "people.dup.action", icon: IconUsersMinus, to: "/people/duplicates", permission: "people.read" },
    { label: "people.imports.title", icon: IconHistory, to: "/people/imports", permission: "people.import" },
  ],
  search: [
    {
      id: "people",
      label: "people.search",
      icon: IconUsers,
      permission: "people.read",
      find: async (words, ask) => {
        const { items } = await ask<Page<Found>>("/people", { query: { search: words, limit: 6 } });
        return items.map((one) => ({
          id: String(one.id),
          title: personName(one),
          note: one.external_id ?? undefined,
          to: `/people/${one.id}`,
        }));
      },
    },
  ],
  steps: [
    {
      id: "import",
      order: 10,
      label: "people.step.import",
      why: "people.step.import.why",
      action: "people.import.action",
      to: "/people/import",
      permission: "people.import",
      done: async (ask) => (await ask<Total>("/people/count")).count > 0,
    },
  ],
};
