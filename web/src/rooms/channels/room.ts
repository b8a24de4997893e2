import { IconInbox, IconMail } from "@tabler/icons-react";
import type { Room } from "@/lib/rooms";

export const channels: Room = {
  name: "channels",
  pages: {
    sandbox: () => import("./SandboxPage"),
    "sandbox/$id": () => import("./MailPage"),
    "settings/email": () => import("./EmailPage"),
    "settings/email/returned": () => import("./ReturnedPage"),
  },
  nav: [
    {
      stage: "launch",
      order: 40,
      label: "channels.sandbox.nav",
      icon: IconInbox,
      to: "/sandbox",
      permission: "people.read",
    },
  ],
  settings: [
    {
      group: "sending",
      order: 10,
      label: "channels.email.nav",
      icon: IconMail,
      to: "/settings/email",
      permission: "settings.read",
    },
  ],
  palette: [
    {
      order: 910,
      label: "channels.senders.add",
      icon: IconMail,
      to: "/settings/email?sender=new",
      permission: "channels.manage",
    },
  ],
};
