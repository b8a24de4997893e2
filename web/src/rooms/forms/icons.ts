import {
  IconAlignLeft,
  IconCalendar,
  IconCheckbox,
  IconCircleDot,
  IconEyeOff,
  IconHash,
  IconMail,
  IconMoodSmile,
  IconNote,
  IconPhone,
  IconShieldCheck,
  IconSquareCheck,
  IconStairs,
  IconTable,
  IconTypography,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Kind } from "./definition";

export const kindIcons: Record<Kind, ComponentType<{ size?: number }>> = {
  text: IconTypography,
  long_text: IconAlignLeft,
  email: IconMail,
  phone: IconPhone,
  number: IconHash,
  date: IconCalendar,
  choice: IconCircleDot,
  choices: IconCheckbox,
  scale: IconStairs,
  nps: IconMoodSmile,
  matrix: IconTable,
  tick: IconSquareCheck,
  consent: IconShieldCheck,
  hidden: IconEyeOff,
  note: IconNote,
};
