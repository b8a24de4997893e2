import { useBlocker } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { makeStore } from "@/api/store";
import { leavePage } from "@/lib/layers";
import { typing, unsavedForm } from "@/lib/unsaved";
import { later } from "./later";
import { useBack } from "./useLayer";
import { useT } from "./useT";

interface Guarded {
  /** What the changes belong to. */
  name: string;
  /** True while the page itself goes elsewhere, as after a save. */
  leaving?: { current: boolean };
}

const guarded = makeStore<Guarded[]>([]);
const ConfirmDanger = later(async () => ({ default: (await import("./Dialog")).ConfirmDanger }));

/** While it is shown, there are changes that leaving the page would lose. What is typed in a form needs none. */
export function LeaveGuard({ name, leaving }: Guarded) {
  useEffect(() => {
    const mine = { name, leaving };
    guarded.set((all) => [...all, mine]);
    return () => guarded.set((all) => all.filter((one) => one !== mine));
  }, [name, leaving]);
  return null;
}

const changed = () => guarded.get().filter(({ leaving }) => !leaving?.current);
const unsaved = () => changed().length > 0 || unsavedForm() !== undefined;

/** Asks before unsaved words are left: by a link, a tab of the page, Back or closing the window. The shell shows it once. */
export function Guard() {
  const t = useT();
  const [back, setBack] = useState(false);
  const hold = guarded.use().length > 0;
  const typed = typing.use();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next, action }) =>
      (action === "PUSH" || action === "REPLACE") &&
      (current.pathname !== next.pathname || tabOf(current.search) !== tabOf(next.search)) &&
      unsaved(),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  useBack(hold || typed, () => {
    if (unsaved()) setBack(true);
    else leavePage();
    return false;
  });
  if (!back && blocker.status !== "blocked") return null;
  const names = changed().map(({ name }) => name);
  return (
    <ConfirmDanger
      opened
      onClose={() => {
        setBack(false);
        if (blocker.status === "blocked") blocker.reset();
      }}
      title={t("leave.title")}
      loses={names.length ? names.map((name) => t("leave.loses", { name })) : [t("leave.page")]}
      action={t("leave.action")}
      back={t("leave.back")}
      onConfirm={async () => {
        if (blocker.status === "blocked") blocker.proceed();
        else leavePage();
      }}
    />
  );
}

const tabOf = (search: unknown) => (search as { tab?: string }).tab ?? "";
