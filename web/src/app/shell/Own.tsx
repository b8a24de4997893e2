import { useLooseGet } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useWords } from "@/lib/i18n";
import { A } from "@/lib/links";
import type { OwnEntry } from "@/lib/rooms";
import { useT } from "../useT";
import look from "./entries.module.css";
import css from "./Own.module.css";

const COUNT_EVERY = 25_000;

/** One of the person’s own pages, with how much waits there. */
export function Own({ entry, compact }: { entry: OwnEntry; compact?: boolean }) {
  const t = useT();
  const words = useWords();
  const format = useFormat();
  const { data } = useLooseGet<{ count: number }>(
    entry.counts ?? "",
    {},
    { enabled: Boolean(entry.counts), every: COUNT_EVERY, slow: true },
  );
  const count = data?.count ?? 0;
  const said = count > 99 ? "99+" : format.number(count);
  const label = count ? t("nav.waiting", { name: words(entry.label), count }) : words(entry.label);
  const Icon = entry.icon;
  return (
    <A to={entry.to} className={compact ? look.topButton : look.entry} title={label}>
      <span className={compact ? look.unseen : look.word}>{words(entry.label)}</span>
      <span className={css.bell}>
        <Icon size={compact ? 20 : 18} stroke={1.6} />
        {count > 0 && <span className={css.count}>{said}</span>}
      </span>
    </A>
  );
}
