import { createContext, useContext } from "react";
import type { Mail, Node } from "./tree";

/** What every part of the block editor needs. */
export interface Bench {
  mail: Mail;
  /** `about`: changes of one thing in a moment are one step of undo. */
  change: (mail: Mail, about?: string) => void;
  update: (id: string, part: Partial<Node>, about?: string) => void;
  selected: string | undefined;
  select: (id: string | undefined) => void;
  /** The shared row whose inside is being changed. */
  unlocked: string | undefined;
  unlock: (id: string | undefined) => void;
  /** The id of the mail. */
  template: string;
  /** Shows the fields of what is selected. */
  inspect: () => void;
  undo: () => void;
  redo: () => void;
  may: boolean;
  /** Where the tools for words stand while some are written. */
  toolbar: HTMLElement | null;
  nameOf: (path: string) => string;
}

export const BenchContext = createContext<Bench | undefined>(undefined);

export function useBench(): Bench {
  const bench = useContext(BenchContext);
  if (!bench) throw new Error("No block editor here");
  return bench;
}
