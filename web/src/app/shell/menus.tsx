import { Menu, useMantineColorScheme } from "@mantine/core";
import {
  IconCheck,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconPlus,
  IconSelector,
  IconSun,
  IconSunMoon,
  IconUser,
} from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "@/api/client";
import { type Language, languages, useLanguage } from "@/lib/i18n";
import { useGo } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Mark } from "@/ui/Mark";
import { Face } from "@/ui/values";
import { type Me, meQuery, useMe } from "../session";
import { useT } from "../useT";
import css from "./Shell.module.css";

/** Which workspace is open, and the others. */
export function WorkspaceMenu({ compact }: { compact?: boolean }) {
  const t = useT();
  const go = useGo();
  const { slug, name } = useWorkspaceSettings();
  const { memberships } = useMe();
  return (
    <Menu position="bottom-start" width={240}>
      <Menu.Target>
        <button
          type="button"
          className={compact ? css.topSpace : css.space}
          title={name}
          aria-label={t("workspace.switch", { name })}
        >
          {!compact && (
            <span className={css.mark}>
              <Mark size={18} />
            </span>
          )}
          <span className={css.spaceName}>{name}</span>
          <IconSelector size={14} className={css.spaceArrow} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("workspaces")}</Menu.Label>
        {memberships.map(({ workspace, role }) => (
          <Menu.Item
            key={workspace.slug}
            leftSection={<IconCheck size={14} style={{ opacity: workspace.slug === slug ? 1 : 0 }} />}
            rightSection={<span className={css.muted}>{t(`role.${role}` as "role.owner")}</span>}
            onClick={() => go(`/w/${workspace.slug}`, { outside: true })}
          >
            {workspace.name}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconPlus size={14} />} onClick={() => go("/settings/new-workspace")}>
          {t("workspace.new")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Changes the profile; the new one is on screen at once. */
export function useSaveProfile() {
  const client = useQueryClient();
  const { setLanguage } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  return useMutation({
    mutationFn: (profile: Pick<Me, "name" | "language" | "theme">) =>
      request<Me>("put", "/api/v1/me", { body: profile }),
    onMutate: ({ language, theme }) => {
      setLanguage(language);
      setColorScheme(theme);
    },
    onSuccess: (me) => client.setQueryData(meQuery.queryKey, me),
  });
}

const themes = { auto: IconSunMoon, light: IconSun, dark: IconMoon } as const;

/** The person: profile, language, theme, signing out. */
export function PersonMenu({ compact }: { compact?: boolean }) {
  const t = useT();
  const go = useGo();
  const me = useMe();
  const { language } = useLanguage();
  const save = useSaveProfile();
  const change = (part: Partial<Pick<Me, "language" | "theme">>) =>
    save.mutate({ name: me.name, language: me.language, theme: me.theme, ...part });
  const signOut = async () => {
    await request("delete", "/api/v1/session").catch(() => undefined);
    location.assign("/sign-in");
  };
  return (
    <Menu position="top-start" width={248}>
      <Menu.Target>
        <button
          type="button"
          className={compact ? css.topButton : css.entry}
          title={me.name}
          aria-label={t("person.menu", { name: me.name })}
        >
          <Face name={me.name} size={compact ? 28 : 20} />
          {!compact && <span className={css.word}>{me.name}</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item leftSection={<IconUser size={16} />} onClick={() => go("/settings/profile")}>
          {t("person.profile")}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>
          <IconLanguage size={12} /> {t("person.language")}
        </Menu.Label>
        {(Object.keys(languages) as Language[]).map((one) => (
          <Menu.Item
            key={one}
            lang={one === "zh" ? "zh-Hans" : one}
            role="menuitemradio"
            aria-checked={one === language}
            leftSection={<IconCheck size={14} style={{ opacity: one === language ? 1 : 0 }} />}
            onClick={() => change({ language: one })}
          >
            {languages[one]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Label>{t("person.theme")}</Menu.Label>
        {(Object.keys(themes) as (keyof typeof themes)[]).map((theme) => {
          const Icon = themes[theme];
          return (
            <Menu.Item
              key={theme}
              role="menuitemradio"
              aria-checked={theme === me.theme}
              leftSection={<Icon size={16} />}
              rightSection={theme === me.theme && <IconCheck size={14} />}
              onClick={() => change({ theme })}
            >
              {t(`theme.${theme}`)}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void signOut()}>
          {t("person.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
