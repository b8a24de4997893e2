import { makeT } from "@/lib/i18n";

export const useT = makeT("scores");
