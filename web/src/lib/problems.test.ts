import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { compile } from "../../build/messages.ts";
import type { Language } from "./i18n";
import { worded } from "./problems";

const spoken = (language: Language) => {
  const file = resolve(__dirname, `../problems/messages/${language}.json`);
  const texts = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, string>);
  return { language, words: Object.fromEntries(texts.map(([key, text]) => [`problems.${key}`, compile(text)])) };
};
const plain = (text = "") => text.replace(/[\u2066-\u2069]/g, "").replace(/[\u202f\u00a0]/g, " ");

describe("the words for an error code", () => {
  it("name what the error carries, in the reader's way", () => {
    expect(plain(worded(spoken("fr"), "campaign_over", { day: "2026-11-24" }))).toBe(
      "Le dernier jour de la campagne était le 24 nov. 2026 ; déplacez d’abord cette date.",
    );
    expect(plain(worded(spoken("sv"), "amount_large", { most: 100_000 }))).toContain("högst 100 000 i");
    expect(plain(worded(spoken("en"), "audience_in_use", { names: ["Buyers", "Readers"], used_by: [{}] }))).toBe(
      "It is still needed by Buyers and Readers. Give these another audience first.",
    );
    expect(plain(worded(spoken("en"), "task_circle", { path: ["A", "B", "A"] }))).toContain("A → B → A");
  });

  it("translate the items of a list and say who it was, or somebody", () => {
    expect(plain(worded(spoken("fr"), "stage_needs", { present: "plan", missing: ["leader", "goal"] }))).toBe(
      "Avant de quitter « Planifier », il faut : un responsable et un objectif. Pour continuer sans, dites pourquoi.",
    );
    const saved = (by: string | null) => plain(worded(spoken("sv"), "changed_meanwhile", { saved_by: by }));
    expect(saved("Ada")).toMatch(/^Ada sparade/);
    expect(saved(null)).toMatch(/^Någon annan sparade/);
    expect(plain(worded(spoken("zh"), "touchpoint_launched", {}))).toBe("此触点已启动，无法再更改。");
  });

  it("are missing for a code that is newer than they are", () => {
    expect(worded(spoken("fr"), "brand_new")).toBeUndefined();
  });
});
