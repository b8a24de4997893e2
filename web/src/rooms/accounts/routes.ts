import {
  IconBuilding,
  IconHistory,
  IconKey,
  IconPlus,
  IconUser,
  IconUserPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const accounts: Room = {
  name: "accounts",
  pages: {
    settings: () => import("./settings/WorkspacePage"),
    "settings/members": () => import("./settings/MembersPage"),
    "settings/api-keys": () => import("./settings/KeysPage"),
    "settings/audit": () => import("./settings/AuditPage"),
    "settings/profile": () => import("./settings/ProfilePage"),
    "settings/new-workspace": () => import("./settings/NewWorkspacePage"),
  },
  settings: [
    { order: 10, label: "accounts.workspace.nav", icon: IconBuilding, to: "/settings" },
    { order: 20, label: "accounts.members.nav", icon: IconUsersGroup, to: "/settings/members" },
    { order: 80, label: "accounts.keys.nav", icon: IconKey, to: "/settings/api-keys", permission: "keys.manage" },
    { order: 90, label: "accounts.audit.nav", icon: IconHistory, to: "/settings/audit", permission: "audit.read" },
    { order: 99, label: "accounts.profile.nav", icon: IconUser, to: "/settings/profile" },
  ],
  palette: [
    {
      label: "accounts.members.invite",
      icon: IconUserPlus,
      to: "/settings/members?invite=1",
      permission: "members.manage",
    },
    { label: "accounts.keys.make", icon: IconKey, to: "/settings/api-keys?make=1", permission: "keys.manage" },
    { label: "accounts.newWorkspace.title", icon: IconPlus, to: "/settings/new-workspace" },
  ],
};
