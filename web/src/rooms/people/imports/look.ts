import type { useApi } from "@/api/hooks";
import type { Progress } from "@/ui/tray";
import type { useT } from "../useT";
import type { Import } from "./types";

type T = ReturnType<typeof useT>;

/** How far an import is, for the tray: the share of the file while it is read, then the work in words. */
export async function lookAt(call: ReturnType<typeof useApi>["call"], id: string, t: T): Promise<Progress> {
  const found = await call("get", "/imports/{import_id}", { path: { import_id: id } });
  if (found.state === "running") {
    const { phase, bytes, total_bytes } = found.progress;
    const reading = phase === "reading";
    return {
      state: "running",
      done: reading ? bytes : undefined,
      total: reading ? total_bytes : undefined,
      words: t(`phase.${phase ?? "waiting"}`),
    };
  }
  if (found.state === "finished") return { state: "done", words: sumUp(found, t) };
  return { state: "failed", words: found.error ?? t("import.cancelled") };
}

/** The result in one line. */
export function sumUp({ result }: Import, t: T): string {
  if (result.nothing_changed) return t("import.nothing");
  return t("import.sum", { fresh: result.new ?? 0, changed: result.changed ?? 0, rejected: result.rejected ?? 0 });
}

/** What a trial found, in one line. */
export function sumTrial(result: Partial<Import["result"]>, t: T): string {
  if (result.nothing_changed) return t("import.trial.unchanged");
  return t("import.trial.sum", {
    fresh: result.new ?? 0,
    changed: result.changed ?? 0,
    rest: (result.unchanged ?? 0) + (result.skipped ?? 0),
    rejected: result.rejected ?? 0,
    consents: result.consents ?? 0,
    refusals: result.refusals ?? 0,
  });
}
