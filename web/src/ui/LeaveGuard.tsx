import { useBlocker } from "@tanstack/react-router";
import { ConfirmDanger } from "./Dialog";
import { useT } from "./useT";

/** Asks before a page with unsaved changes is left, inside the product as well as by closing the tab. */
export function LeaveGuard({
  name,
  leaving,
}: {
  /** What the changes belong to. */
  name: string;
  /** True while the page itself goes elsewhere, as after a save. */
  leaving?: { current: boolean };
}) {
  const t = useT();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => !leaving?.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => !leaving?.current,
    withResolver: true,
  });
  return (
    <ConfirmDanger
      opened={blocker.status === "blocked"}
      onClose={() => blocker.status === "blocked" && blocker.reset()}
      title={t("leave.title")}
      loses={[t("leave.loses", { name })]}
      action={t("leave.action")}
      back={t("leave.back")}
      onConfirm={async () => {
        if (blocker.status === "blocked") blocker.proceed();
      }}
    />
  );
}
