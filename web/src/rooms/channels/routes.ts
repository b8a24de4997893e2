import { IconInbox, IconMail } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const channels: Room = {
  name: "channels",
  pages: {
    sandbox: () => import("./SandboxPage"),
    "sandbox/$id": () => import("./MailPage"),
    "settings/email": () => import("./EmailPage"),
  },
  nav: [
    {
      stage: "launch",
      order: 40,
      label: "channels.sandbox.nav",
      icon: IconInbox,
      to: "/sandbox",
      permission: "content.read",
    },
  ],
  settings: [
    { order: 40, label: "channels.email.nav", icon: IconMail, to: "/settings/email", permission: "workspace.read" },
  ],
  palette: [
    { label: "channels.senders.add", icon: IconMail, to: "/settings/email?sender=new", permission: "channels.manage" },
  ],
};
