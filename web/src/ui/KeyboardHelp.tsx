import { useShortcuts } from "@/lib/keys";
import { Dialog } from "./Dialog";
import css from "./KeyboardHelp.module.css";
import { Keys } from "./Keys";
import { useT } from "./useT";

/** The keys that work on this page. */
export default function KeyboardHelp({ onClose }: { onClose: () => void }) {
  const t = useT();
  const shortcuts = useShortcuts();
  const table = t("keys.list");
  const fixed = [
    { keys: "up", label: t("keys.up"), group: table },
    { keys: "down", label: t("keys.down"), group: table },
    { keys: "enter", label: t("keys.enter"), group: table },
    { keys: "mod+enter", label: t("keys.page"), group: table },
    { keys: "space", label: t("keys.space"), group: table },
    { keys: "escape", label: t("keys.escape"), group: table },
  ];
  const all = [...shortcuts, ...fixed];
  const groups = [...new Set(all.map(({ group }) => group))];
  return (
    <Dialog opened onClose={onClose} title={t("keys")} size={640}>
      <div className={css.groups}>
        {groups.map((group) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {all
                .filter((one) => one.group === group)
                .map(({ keys, label }) => (
                  <div key={keys + label}>
                    <dt>{label}</dt>
                    <dd>
                      <Keys keys={keys} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
