import { useMantineColorScheme } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { Outlet, useParams } from "@tanstack/react-router";
import { type ComponentType, Suspense, useEffect, useMemo, useState } from "react";
import { connected } from "@/api/connection";
import { ScopeContext } from "@/api/scope";
import { isLanguage, useLanguage, useWords } from "@/lib/i18n";
import { keepFor } from "@/lib/kept";
import { listenForShortcuts, useShortcut } from "@/lib/keys";
import { useGo } from "@/lib/links";
import { lastWorkspace, sessionEnded, useMe } from "@/lib/session";
import { WorkspaceContext, type WorkspaceSettings } from "@/lib/workspace";
import { Guard } from "@/ui/LeaveGuard";
import { later } from "@/ui/later";
import { SkeletonLines } from "@/ui/states";
import { Toasts, Tray } from "@/ui/tray";
import { Missing } from "../Failure";
import { useT } from "../useT";
import { Foot, TopBar } from "./Bars";
import { Rail, useNav, useOwn } from "./Rail";
import css from "./Shell.module.css";

/** A dialog of the shell: its code and the styles of dialogs come when it is first opened. */
const dialog = <P extends object>(load: () => Promise<{ default: ComponentType<P> }>) =>
  later(async () => (await Promise.all([load(), import("@/ui/controls")]))[0]);
const Palette = dialog(() => import("./Palette"));
const KeyboardHelp = dialog(() => import("@/ui/KeyboardHelp"));
const SignInAgain = dialog(() => import("./SignInAgain"));

/** The frame of every page in a workspace: rail, page, tray; palette and help on their keys. */
export function Shell() {
  const { workspace: slug } = useParams({ strict: false }) as { workspace: string };
  const me = useMe();
  const found = me.memberships.find(({ workspace }) => workspace.slug === slug);
  const settings = useMemo<WorkspaceSettings | undefined>(
    () =>
      found && {
        slug,
        name: found.workspace.name,
        timezone: found.workspace.time_zone,
        currency: found.workspace.currency,
        role: found.role,
        permissions: new Set(found.permissions),
      },
    [found, slug],
  );
  useProfile(me);
  keepFor(me.id);
  useEffect(() => listenForShortcuts(), []);
  useEffect(() => {
    if (found) lastWorkspace.set(slug);
  }, [found, slug]);
  if (!settings) return <Missing />;
  return (
    <ScopeContext value={slug}>
      <WorkspaceContext value={settings}>
        <Frame key={slug} />
      </WorkspaceContext>
    </ScopeContext>
  );
}

/** Language and theme follow the profile when it says otherwise than this browser. */
function useProfile(me: { language: string; theme: "auto" | "light" | "dark" }) {
  const { language, setLanguage } = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // Only a changed profile may override what is on screen.
  useEffect(() => {
    if (isLanguage(me.language) && me.language !== language) setLanguage(me.language);
    if (me.theme !== colorScheme) setColorScheme(me.theme);
  }, [me.language, me.theme]);
}

function Frame() {
  const t = useT();
  const [open, setOpen] = useState<"palette" | "keys">();
  const ended = sessionEnded.use();
  const close = () => setOpen(undefined);
  useShortcut("mod+k", t("keys.palette"), t("keys.everywhere"), () => setOpen("palette"));
  useShortcut("?", t("keys.help"), t("keys.everywhere"), () => setOpen("keys"));
  return (
    <div className={css.shell}>
      <a href="#main" className={css.skip}>
        {t("skip")}
      </a>
      <GoKeys />
      <TopBar onSearch={() => setOpen("palette")} />
      <Rail onSearch={() => setOpen("palette")} onKeys={() => setOpen("keys")} />
      <main id="main" className={css.main} tabIndex={-1}>
        <Offline />
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </main>
      <Foot />
      <Tray />
      <Toasts />
      <Guard />
      {open === "palette" && <Palette onClose={close} onKeys={() => setOpen("keys")} />}
      {open === "keys" && <KeyboardHelp onClose={close} />}
      {ended && <SignInAgain />}
    </div>
  );
}

/** Says that the server does not answer, and what happens to what is read and written meanwhile. */
function Offline() {
  const t = useT();
  const away = !connected.use();
  return (
    <p className={css.offline} role="status">
      {away && (
        <>
          <IconCloudOff size={18} /> {t("offline")}
        </>
      )}
    </p>
  );
}

function Waiting() {
  return (
    <div style={{ padding: 24, maxWidth: 640 }}>
      <SkeletonLines lines={6} height={18} />
    </div>
  );
}

/** "g" and a letter go to the pages of the rail, in its order. */
function GoKeys() {
  const t = useT();
  const words = useWords();
  const own = useOwn();
  const nav = useNav().flatMap(({ entries }) => entries);
  return (
    <>
      <GoKey keys="g h" label={t("nav.home")} to="/" />
      {[...own, ...nav].map(
        ({ keys, label, to }) => keys && <GoKey key={to} keys={keys} label={words(label)} to={to} />,
      )}
    </>
  );
}

function GoKey({ keys, label, to }: { keys: string; label: string; to: string }) {
  const t = useT();
  const go = useGo();
  useShortcut(keys, label, t("keys.go"), () => go(to));
  return null;
}
