import { makeT } from "@/lib/i18n";
import type en from "./messages/en.json";

export const useT = makeT<typeof en>("tracking");
