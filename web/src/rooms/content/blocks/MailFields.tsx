import { ColorInput, NumberInput, Select } from "@mantine/core";
import { useT } from "../useT";
import css from "./canvas.module.css";
import { useBench } from "./context";
import { FONTS } from "./look";
import type { Theme } from "./tree";

/** How the whole mail looks; a mail that brings its own head says so. */
export function MailFields() {
  const t = useT();
  const { mail, change } = useBench();
  const { theme } = mail;
  if (!theme) return <p className={css.note}>{t("blocks.theme.own")}</p>;
  const put = (part: Partial<Theme>) => {
    const next = { ...theme, ...part };
    const [name = ""] = Object.keys(part);
    change({ ...mail, theme: next, body: { ...mail.body, "background-color": next.page } }, `theme ${name}`);
  };
  const colour = (name: "accent" | "ink" | "page" | "card") => (
    <ColorInput
      label={t(`blocks.theme.${name}`)}
      format="hex"
      value={theme[name]}
      onChange={(value) => /^#[0-9a-f]{6}$/i.test(value) && put({ [name]: value.toUpperCase() })}
    />
  );
  const face = (name: "font" | "heading_font") => (
    <Select
      label={t(`blocks.theme.${name}`)}
      allowDeselect={false}
      value={theme[name]}
      data={Object.keys(FONTS).map((font) => ({ value: font, label: t(`blocks.font.${font as "sans"}`) }))}
      onChange={(value) => value && put({ [name]: value })}
    />
  );
  return (
    <>
      <p className={css.note}>{t("blocks.mail.note")}</p>
      {colour("accent")}
      {colour("ink")}
      {colour("page")}
      {colour("card")}
      {face("heading_font")}
      {face("font")}
      <NumberInput
        label={t("blocks.radius")}
        value={theme.radius}
        min={0}
        max={40}
        suffix=" px"
        allowDecimal={false}
        onChange={(value) => put({ radius: Math.min(40, Math.max(0, Number(value) || 0)) })}
      />
    </>
  );
}
