import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import css from "./planning.module.css";
import { useT } from "./useT";

/** What has to be known of how a table was read, before anything is made of it. Nothing when all of it was. */
export function ReadingNote({ reading }: { reading: Shape<"SheetReading"> }) {
  const t = useT();
  const format = useFormat();
  const { unread, order, left_out } = reading;
  if (!unread.length && !order && !left_out.length) return null;
  return (
    <ul className={css.reading} role="status">
      {unread.length > 0 && <li>{t("reading.unread", { columns: format.list(unread) })}</li>}
      {order && <li>{t("reading.order", { order })}</li>}
      {(["total", "footer", "nothing"] as const).map((why) => {
        const rows = left_out.filter((row) => row.why === why);
        if (!rows.length) return null;
        return <li key={why}>{t(`reading.${why}`, { count: rows.length, first: rows[0]?.text ?? "" })}</li>;
      })}
    </ul>
  );
}
