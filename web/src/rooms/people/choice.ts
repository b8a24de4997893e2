import { ApiError } from "@/api/errors";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { attend, saveFile } from "@/ui/longWork";
import type { Selection } from "@/ui/table/DataTable";
import { say, sayRefused } from "@/ui/tray";
import { useT } from "./useT";

/** What the list shows: its words and its filters, as the API takes them. */
export type Question = Required<Shape<"MatchingIn">>;
/** The people something is done with: chosen by hand, or everybody who matches. */
export type Choice = Pick<Shape<"ExportIn">, "person_ids" | "matching">;

export const choiceOf = ({ all, keys }: Selection, question: Question): Choice =>
  all ? { matching: question } : { person_ids: [...keys].map(Number) };

/** Takes people out as a CSV file. `count`: how many they are, where that is known. */
export function useExport() {
  const t = useT();
  const format = useFormat();
  const api = useApi();
  return (choice: Choice, count?: number) => {
    const file = api.file("/people/exports", { body: choice }).then((made) => {
      saveFile(made, "people.csv");
      return made;
    });
    const title = count === undefined ? t("export.everybody") : t("export.title", { count });
    attend(title, file, ({ size }) => t("export.done", { size: format.bytes(size) })).catch((error: unknown) => {
      if (error instanceof ApiError) sayRefused(error);
      else say(t("export.failed"), { tone: "bad" });
    });
  };
}
