import { useState } from "react";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useProblems } from "@/lib/problems";
import { Facts } from "@/ui/Page";
import { StateBadge, Tag } from "@/ui/StateBadge";
import css from "./tracking.module.css";
import { useT } from "./useT";

type Receipt = Shape<"Receipt">;
const tones = { kept: "good", twice: "quiet", refused: "bad" } as const;
const changes = ["time_corrected", "time_limited", "address_unread", "id_ignored", "amount_summed", "bot"] as const;
type Change = (typeof changes)[number];
interface Understood {
  at: string;
  by: string[];
  amount_minor: number | null;
  currency: string | null;
  arrival: Record<string, string> | null;
}

/** One message: a line, and when it is opened what was understood of it, beside what was sent. */
export function ReceiptLine({ receipt }: { receipt: Receipt }) {
  const t = useT();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { say } = useProblems(!!receipt.code);
  const kind = receipt.kind as "track";
  return (
    <li data-outcome={receipt.outcome}>
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <time dateTime={receipt.at}>{format.clock(receipt.at)}</time>
        <span className={css.what}>
          <strong>{receipt.name || t(`message.${kind}`)}</strong>
          {receipt.name && <span className={css.muted}>{t(`message.${kind}`)}</span>}
          {receipt.changes.map((code) => (
            <Tag key={code}>{t(`change.${code as Change}`)}</Tag>
          ))}
        </span>
        <span className={css.from}>{receipt.source_name ?? receipt.key_name}</span>
        <StateBadge tone={tones[receipt.outcome]} plain>
          {t(`outcome.${receipt.outcome}`)}
        </StateBadge>
      </button>
      {receipt.code && <p className={css.why}>{say(receipt.code, receipt.details) ?? receipt.code}</p>}
      {open && <Inside receipt={receipt} />}
    </li>
  );
}

function Inside({ receipt }: { receipt: Receipt }) {
  const t = useT();
  const format = useFormat();
  const understood = receipt.understood as Understood | null;
  const arrival = Object.entries(understood?.arrival ?? {}).map(([name, value]) => `${name}: ${value}`);
  return (
    <div className={css.inside}>
      {understood && (
        <Facts
          items={[
            [t("understood.at"), format.dateTime(understood.at)],
            [t("understood.by"), format.list(understood.by)],
            ...(understood.amount_minor === null
              ? []
              : [
                  [t("understood.amount"), format.money(understood.amount_minor, understood.currency ?? undefined)] as [
                    string,
                    string,
                  ],
                ]),
            ...(arrival.length ? [[t("understood.arrival"), format.list(arrival)] as [string, string]] : []),
            ...receipt.changes.map(
              (code) => [t(`change.${code as Change}`), t(`change.${code as Change}.why`)] as [string, string],
            ),
          ]}
        />
      )}
      {receipt.message ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys
        <section tabIndex={0} aria-label={t("live.sent")}>
          <pre>{JSON.stringify(receipt.message, null, 2)}</pre>
        </section>
      ) : (
        <p className={css.muted}>{t("live.large")}</p>
      )}
    </div>
  );
}
