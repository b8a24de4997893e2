import { IconBell, IconPresentation } from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Ask, DayHit, Room } from "@/lib/rooms";
import { placeOfNotice } from "./places";

type Notices = Reply<"get", "/notices">;

/** What one was told in these ways and has not read yet. */
async function waiting(ask: Ask, kinds: Notices["items"][number]["kind"][]): Promise<DayHit[]> {
  const asked = kinds.map((kind) => `kind=${kind}`).join("&");
  const { items } = await ask<Notices>(`/notices?unread=true&limit=20&${asked}`);
  return items.map(({ id, kind, actor, thing, campaign, values }) => ({
    id: String(id),
    title: thing.title,
    words: {
      id: `teamwork.notice.${"count" in values ? `${kind}.many` : kind}`,
      values: { actor, title: thing.title, count: String(values.count ?? ""), first: String(values.first ?? "") },
    },
    note:
      typeof values.note === "string" ? values.note : campaign === thing.title ? undefined : (campaign ?? undefined),
    to: placeOfNotice({ kind, thing, values }),
  }));
}

export const teamwork: Room = {
  name: "teamwork",
  pages: {
    "my-day": () => import("./ToHome"),
    notices: () => import("./NoticesPage"),
    "thing/$kind/$id": () => import("./ThingPage"),
    "review/$kind": () => import("./ReviewPage"),
    "settings/notices": () => import("./SettingsPage"),
  },
  own: [
    {
      order: 20,
      label: "teamwork.notices.nav",
      icon: IconBell,
      to: "/notices",
      keys: "g n",
      counts: "/notices/unread",
      phone: true,
    },
  ],
  nav: [
    {
      stage: "learn",
      order: 5,
      label: "teamwork.review.nav",
      icon: IconPresentation,
      to: "/review/week",
      permission: "reports.read",
      keys: "g w",
    },
  ],
  settings: [{ group: "you", order: 20, label: "teamwork.settings.nav", icon: IconBell, to: "/settings/notices" }],
  palette: [
    { label: "teamwork.review.weekly.open", icon: IconPresentation, to: "/review/week", permission: "reports.read" },
    {
      label: "teamwork.review.quarterly.open",
      icon: IconPresentation,
      to: "/review/quarter",
      permission: "reports.read",
    },
  ],
  things: {
    campaign: (id) => `/campaigns/${id}`,
    touchpoint: (id) => `/touchpoints/${id}`,
    template: (id) => `/content/${id}`,
    audience: (id) => `/audiences/${id}`,
  },
  myDay: [
    {
      id: "mentions",
      order: 50,
      label: "teamwork.day.mentions",
      to: "/notices?f.state=unread&f.kind=mentioned,commented,assigned,handed_over",
      read: (ask) => waiting(ask, ["mentioned", "commented", "assigned", "handed_over"]),
    },
  ],
  reviews: [
    {
      id: "happened",
      order: 10,
      label: "teamwork.happened",
      kinds: ["week", "quarter"],
      permission: "reports.read",
      load: () => import("./review/Happened"),
    },
    {
      id: "campaigns",
      order: 20,
      label: "teamwork.campaigns",
      kinds: ["week", "quarter"],
      permission: "campaigns.read",
      load: () => import("./review/Campaigns"),
    },
  ],
};
