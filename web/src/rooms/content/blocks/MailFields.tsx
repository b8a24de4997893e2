import { Button } from "@mantine/core";
import { useLooseGet } from "@/api/hooks";
import { useMay } from "@/lib/workspace";
import { useT } from "../useT";
import { useBench } from "./context";
import css from "./inspector.module.css";
import { ThemeFields } from "./ThemeFields";
import type { Theme } from "./tree";

/** How the whole mail looks; a mail that brings its own head says so. */
export function MailFields() {
  const t = useT();
  const { mail, change } = useBench();
  const brand = useLooseGet<{ kit: { theme: Theme } }>("/brand", {}, { enabled: useMay("settings.read") }).data?.kit
    .theme;
  const { theme } = mail;
  const put = (part: Partial<Theme>) => {
    const next = { ...(theme ?? brand), ...part } as Theme;
    const body = { ...mail.body, "background-color": next.page };
    change({ ...mail, theme: next, body }, `theme ${Object.keys(part)[0]}`);
  };
  const differs = brand && theme && (Object.keys(brand) as (keyof Theme)[]).some((key) => brand[key] !== theme[key]);
  if (!theme) return <p className={css.note}>{t("blocks.theme.own")}</p>;
  return (
    <>
      <p className={css.note}>{t("blocks.mail.note")}</p>
      {differs && (
        <Button variant="default" size="compact-sm" onClick={() => put({ ...brand })}>
          {t("brand.apply")}
        </Button>
      )}
      <ThemeFields theme={theme} onChange={put} />
    </>
  );
}
