import { useLooseGet } from "@/api/hooks";
import { useMay } from "@/lib/workspace";

export interface SharedRow {
  id: string;
  name: string;
  version: number;
  mails: number;
  rows: Record<string, unknown>[];
}

/** The rows that are kept once for all mails. */
export const useSharedRows = () =>
  useLooseGet<SharedRow[]>("/mail-rows", {}, { enabled: useMay("settings.read") }).data;
