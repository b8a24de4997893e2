import { IconLogout, IconMoon, IconPlus, IconSelector, IconSun, IconSunMoon, IconUser } from "@tabler/icons-react";
import { request } from "@/api/client";
import { type Language, languages, useLanguage } from "@/lib/i18n";
import { useGo } from "@/lib/links";
import { useChangeProfile } from "@/lib/profile";
import { useMe } from "@/lib/session";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Mark } from "@/ui/Mark";
import { Menu, type MenuEntry } from "@/ui/Menu";
import { Face } from "@/ui/values";
import { useT } from "../useT";
import look from "./entries.module.css";
import css from "./menus.module.css";

/** Which workspace is open, and the others. */
export function WorkspaceMenu({ compact }: { compact?: boolean }) {
  const t = useT();
  const go = useGo();
  const { slug, name } = useWorkspaceSettings();
  const { memberships } = useMe();
  const entries: MenuEntry[] = memberships.map(({ workspace, role }, index) => ({
    label: workspace.name,
    heading: index === 0 ? t("workspaces") : undefined,
    checked: workspace.slug === slug,
    note: t(`role.${role}` as "role.owner"),
    act: () => go(`/w/${workspace.slug}`, { outside: true }),
  }));
  entries.push({ label: t("workspace.new"), heading: "", icon: IconPlus, to: "/settings/new-workspace" });
  return (
    <Menu
      side="bottom-start"
      className={compact ? css.topSpace : css.space}
      title={name}
      label={t("workspace.switch", { name })}
      entries={entries}
    >
      {!compact && (
        <span className={css.mark}>
          <Mark size={18} />
        </span>
      )}
      <span className={css.spaceName}>{name}</span>
      <IconSelector size={14} className={css.spaceArrow} />
    </Menu>
  );
}

export const themes = { auto: IconSunMoon, light: IconSun, dark: IconMoon } as const;

/** The person: profile, language, theme, signing out. */
export function PersonMenu({ compact }: { compact?: boolean }) {
  const t = useT();
  const me = useMe();
  const { language } = useLanguage();
  const change = useChangeProfile();
  const signOut = async () => {
    await request("delete", "/api/v1/session").catch(() => undefined);
    location.assign("/sign-in");
  };
  const entries: MenuEntry[] = [
    { label: t("person.profile"), heading: me.email, icon: IconUser, to: "/settings/profile" },
    ...(Object.keys(languages) as Language[]).map((one, index) => ({
      label: languages[one],
      heading: index === 0 ? t("person.language") : undefined,
      lang: one === "zh" ? "zh-Hans" : one,
      checked: one === language,
      act: () => change({ language: one }),
    })),
    ...(Object.keys(themes) as (keyof typeof themes)[]).map((theme, index) => ({
      label: t(`theme.${theme}`),
      heading: index === 0 ? t("person.theme") : undefined,
      icon: themes[theme],
      checked: theme === me.theme,
      act: () => change({ theme }),
    })),
    { label: t("person.signOut"), heading: "", icon: IconLogout, act: () => void signOut() },
  ];
  return (
    <Menu
      side={compact ? "bottom-end" : "top-start"}
      className={compact ? look.topButton : look.entry}
      title={me.name}
      label={compact ? t("person.menu", { name: me.name }) : undefined}
      entries={entries}
    >
      <Face name={me.name} size={compact ? 28 : 20} />
      {!compact && <span className={look.word}>{me.name}</span>}
    </Menu>
  );
}
