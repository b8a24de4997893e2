import { IconChartLine, IconFlag, IconPencil, IconSend, IconUsers } from "@tabler/icons-react";
import type { Icon, Stage } from "@/lib/rooms";

export const stageIcons: Record<Stage, Icon> = {
  plan: IconFlag,
  audience: IconUsers,
  create: IconPencil,
  launch: IconSend,
  learn: IconChartLine,
};
