import { useDebouncedValue } from "@mantine/hooks";
import { useMemo } from "react";
import { blankBlock, column, sectionOf } from "../blocks/blank";
import { type Theme, toApi } from "../blocks/tree";
import { type Preview, useAnswer } from "../draft";
import { useT } from "../useT";
import css from "./brand.module.css";

/** A small mail in the brand's look, as the server makes it. */
export function Sample({ theme }: { theme: Theme }) {
  const t = useT();
  const [settled] = useDebouncedValue(theme, 250);
  const asked = useMemo(() => {
    const words = (key: Parameters<typeof t>[0]) => t(key as "begin.text");
    const blocks = (["heading", "text", "button", "coupon"] as const).map((kind) => {
      const made = blankBlock(kind, words);
      return kind === "button" ? { ...made, attributes: { ...made.attributes, href: "https://example.com" } } : made;
    });
    const section = sectionOf([column("", blocks)]);
    section.attributes["background-color"] = settled.card;
    const rows = [{ ...section, attributes: { ...section.attributes, padding: "40px 40px 28px" } }];
    const body = { "background-color": settled.page, "css-class": "page", width: "600px" };
    const mail = { version: 1 as const, attributes: { lang: "en" }, title: "", theme: settled, head: "", body, rows };
    return { subject: "·", preheader: "", text: "", body: "", blocks: toApi(mail) };
  }, [settled, t]);
  const shown = useAnswer<Preview>("/templates/preview", asked).data;
  return (
    <aside className={css.sample} aria-label={t("brand.sample")}>
      {shown && <iframe title={t("brand.sample")} srcDoc={shown.html} sandbox="" referrerPolicy="no-referrer" />}
    </aside>
  );
}
