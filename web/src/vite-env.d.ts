/// <reference types="vite/client" />
declare module "*.module.css";
declare module "virtual:words" {
  type Words = Record<string, import("./lib/icu").Message>;
  /** How to fetch the words of each chunk, by language. */
  export const chunks: Record<"en" | "fr" | "sv" | "zh", Record<string, () => Promise<{ default: Words }>>>;
  /** The chunk that each catalogue travels with. */
  export const rooms: Record<string, string>;
}
