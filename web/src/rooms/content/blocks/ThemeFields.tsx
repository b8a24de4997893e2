import { ColorInput, NumberInput, Select } from "@mantine/core";
import { useT } from "../useT";
import { FONTS } from "./look";
import type { Theme } from "./tree";

/** Colours, faces and corners of mails. */
export function ThemeFields({ theme, onChange }: { theme: Theme; onChange: (part: Partial<Theme>) => void }) {
  const t = useT();
  const colour = (name: "accent" | "ink" | "page" | "card") => (
    <ColorInput
      label={t(`blocks.theme.${name}`)}
      format="hex"
      withEyeDropper={false}
      value={theme[name]}
      onChange={(value) => /^#[0-9a-f]{6}$/i.test(value) && onChange({ [name]: value.toUpperCase() })}
    />
  );
  const face = (name: "font" | "heading_font") => (
    <Select
      label={t(`blocks.theme.${name}`)}
      allowDeselect={false}
      value={theme[name]}
      data={Object.keys(FONTS).map((font) => ({ value: font, label: t(`blocks.font.${font as "sans"}`) }))}
      onChange={(value) => value && onChange({ [name]: value })}
    />
  );
  return (
    <>
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
        onChange={(value) => onChange({ radius: Math.min(40, Math.max(0, Number(value) || 0)) })}
      />
    </>
  );
}
