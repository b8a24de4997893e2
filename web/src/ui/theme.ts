import { createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from "@mantine/core";
import type { MouseEvent } from "react";

const verdigris: MantineColorsTuple = [
  "#e4f1ef",
  "#c9e4e1",
  "#9fd2cd",
  "#6dc3bb",
  "#3db8af",
  "#229a93",
  "#15877f",
  "#0b7a75",
  "#096661",
  "#06504c",
];

/**
 * What Mantine needs to know in TypeScript. All colours and sizes come from the CSS variables in `tokens.css`, so this
 * holds only defaults of components.
 */
export const theme = createTheme({
  primaryColor: "verdigris",
  primaryShade: { light: 7, dark: 4 },
  colors: { verdigris },
  black: "#1c1a17",
  fontFamily: "var(--g-font)",
  headings: { fontFamily: "var(--g-font)" },
  defaultRadius: "sm",
  respectReducedMotion: true,
  cursorType: "pointer",
  // Words on the accent are dark in the dark scheme, where the accent is light.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const primary = input.variant === "filled" && (!input.color || input.color === "verdigris");
    return primary ? { ...colors, color: "var(--g-accent-ink)" } : colors;
  },
  components: {
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
    Tooltip: { defaultProps: { openDelay: 350, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { transitionProps: { duration: 120 }, radius: "md", offset: 4 } },
    Popover: { defaultProps: { transitionProps: { duration: 120 }, radius: "md", offset: 4 } },
    Modal: { defaultProps: { radius: "md", transitionProps: { duration: 150, transition: "fade" }, padding: 20 } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 }, padding: 20 } },
    Select: {
      defaultProps: {
        checkIconPosition: "right",
        comboboxProps: { transitionProps: { duration: 120 } },
        // A dialog that begins in a list does not cover itself with it: a click, an arrow or a letter opens it.
        openOnFocus: false,
        // Enter takes the first that fits what is typed.
        selectFirstOptionOnChange: true,
        // What is typed into a list that can be searched replaces what was chosen, instead of standing behind it.
        onClick: ({ currentTarget }: MouseEvent<HTMLInputElement>) => currentTarget.readOnly || currentTarget.select(),
      },
    },
    // What may be left out says so ("(optional)"); everything else is required, without a star.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    Switch: { defaultProps: { withThumbIndicator: false } },
  },
});
