import {
  IconBuilding,
  IconDoorEnter,
  IconHistory,
  IconKey,
  IconPlus,
  IconUser,
  IconUserPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { Reply } from "@/api/client";
import type { Room } from "@/lib/rooms";
import { matches } from "@/lib/text";

export const accounts: Room = {
  name: "accounts",
  pages: {
    settings: () => import("./settings/WorkspacePage"),
    "settings/members": () => import("./settings/MembersPage"),
    "settings/api-keys": () => import("./settings/KeysPage"),
    "settings/sign-ins": () => import("./settings/SignInsPage"),
    "settings/audit": () => import("./settings/AuditPage"),
    "settings/profile": () => import("./settings/ProfilePage"),
    "settings/new-workspace": () => import("./settings/NewWorkspacePage"),
  },
  settings: [
    { group: "workspace", order: 10, label: "accounts.workspace.nav", icon: IconBuilding, to: "/settings" },
    { group: "workspace", order: 20, label: "accounts.members.nav", icon: IconUsersGroup, to: "/settings/members" },
    {
      group: "access",
      order: 10,
      label: "accounts.keys.nav",
      icon: IconKey,
      to: "/settings/api-keys",
      permission: "keys.manage",
    },
    {
      group: "access",
      order: 20,
      label: "accounts.log.nav",
      icon: IconDoorEnter,
      to: "/settings/sign-ins",
      permission: "members.manage",
    },
    {
      group: "access",
      order: 30,
      label: "accounts.audit.nav",
      icon: IconHistory,
      to: "/settings/audit",
      permission: "audit.read",
    },
    { group: "you", order: 10, label: "accounts.profile.nav", icon: IconUser, to: "/settings/profile" },
  ],
  palette: [
    {
      order: 900,
      label: "accounts.members.invite",
      icon: IconUserPlus,
      to: "/settings/members?invite=1",
      permission: "members.manage",
    },
    {
      order: 920,
      label: "accounts.keys.make",
      icon: IconKey,
      to: "/settings/api-keys?make=1",
      permission: "keys.manage",
    },
    { order: 930, label: "accounts.newWorkspace.title", icon: IconPlus, to: "/settings/new-workspace" },
  ],
  search: [
    {
      id: "members",
      label: "accounts.members.nav",
      icon: IconUser,
      find: async (words, ask) =>
        (await ask<Reply<"get", "/members">>("/members"))
          .filter(({ name, email }) => matches(`${name} ${email}`, words))
          .slice(0, 6)
          .map(({ user_id, name, email }) => ({ id: user_id, title: name, note: email, to: "/settings/members" })),
    },
  ],
};
