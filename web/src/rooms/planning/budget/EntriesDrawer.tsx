import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";
import { useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { dotted } from "@/lib/text";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { Dialog, FormDialog, FormFoot } from "@/ui/Dialog";
import { ShareField, useExactMoney } from "@/ui/numbers";
import { EmptyState, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import shared from "./budget.module.css";
import css from "./EntriesDrawer.module.css";
import { AmountField, CurrencyField } from "./fields";
import type { Line } from "./useBudget";
import { useT } from "./useT";

type Entry = Shape<"ListedEntry">;
const kinds = ["invoice", "media", "commitment", "credit"] as const;
const PATH = "/campaigns/{campaign_id}/budget/entries" as const;

interface Props {
  campaignId: string;
  line: Line;
  mayEdit: boolean;
  taxRate: number;
  onClose: () => void;
}

/** What was ordered and paid on one line. Entries are never changed, only taken back. */
export function EntriesDrawer({ campaignId, line, mayEdit, taxRate, onClose }: Props) {
  const t = useT();
  const list = useKeyset<Entry>(PATH, { path: { campaign_id: campaignId }, query: { line_id: line.id } });
  const orders = list.rows.filter(({ kind, open_minor }) => kind === "commitment" && (open_minor ?? 0) > 0);
  return (
    <Dialog opened side onClose={onClose} size={520} title={line.name}>
      <div className={css.drawer}>
        {mayEdit && <NewEntry campaignId={campaignId} line={line} orders={orders} taxRate={taxRate} />}
        {list.state === "failed" ? (
          <ErrorState error={list.error} onRetry={list.retry} inline />
        ) : list.state === "loading" ? (
          <SkeletonLines lines={4} />
        ) : list.rows.length === 0 ? (
          <EmptyState picture="search">{t("entries.none")}</EmptyState>
        ) : (
          <ul className={shared.entries}>
            {list.rows.map((entry) => (
              <EntryRow key={entry.id} campaignId={campaignId} entry={entry} mayEdit={mayEdit} />
            ))}
          </ul>
        )}
        {list.more && (
          <Button variant="default" size="xs" onClick={list.loadMore} loading={list.loadingMore}>
            {t("entries.more")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

function EntryRow({ campaignId, entry, mayEdit }: { campaignId: string; entry: Entry; mayEdit: boolean }) {
  const t = useT();
  const format = useFormat();
  const exact = useExactMoney();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const undo = useSend("post", "/campaigns/{campaign_id}/budget/entries/{entry_id}/reversal", {
    onSuccess: () => setAsking(false),
  });
  const back = entry.reverses_id !== null;
  const may = mayEdit && !back && entry.reversed_by_id === null && entry.kind !== "adjustment";
  const about = dotted([entry.supplier, entry.reference, entry.note]);
  return (
    <li data-gone={entry.reversed_by_id !== null || undefined}>
      <div>
        <strong>{back ? t("entries.reversal") : t(`entry.${entry.kind}`)}</strong>
        <span>{format.day(entry.day)}</span>
        {about && <span>{about}</span>}
        <small>
          {entry.source === "channel" ? t("entries.sent") : t("entries.by", { name: entry.entered_by })}
          {entry.reversed_by_id !== null && ` · ${t("entries.gone")}`}
          {entry.open_minor !== null && ` · ${t("entries.left", { amount: exact(entry.open_minor) })}`}
        </small>
      </div>
      <div>
        <b>{exact(entry.counted_minor)}</b>
        {entry.currency !== format.currency && <small>{format.money(entry.net_minor, entry.currency)}</small>}
        {may && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<IconArrowBackUp size={14} />}
            onClick={() => setAsking(true)}
          >
            {t("entries.undo")}
          </Button>
        )}
      </div>
      {asking && (
        <FormDialog
          title={t("entries.undo.title")}
          onClose={() => setAsking(false)}
          onSubmit={() => undo.mutate({ path: { campaign_id: campaignId, entry_id: entry.id }, body: { reason } })}
          action={t("entries.undo")}
          busy={undo.isPending}
          disabled={!reason.trim()}
          error={undo.error}
        >
          <p>{t("entries.undo.meaning")}</p>
          <TextInput
            label={t("reason")}
            data-autofocus
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </FormDialog>
      )}
    </li>
  );
}

interface NewProps {
  campaignId: string;
  line: Line;
  orders: Entry[];
  taxRate: number;
}

function NewEntry({ campaignId, line, orders, taxRate }: NewProps) {
  const t = useT();
  const format = useFormat();
  const empty = {
    kind: (line.resource === "media" ? "media" : "invoice") as (typeof kinds)[number],
    day: new Intl.DateTimeFormat("en-CA", { timeZone: format.timezone }).format(new Date()),
    amount_minor: null as number | null,
    currency: line.currency,
    tax_rate: line.tax_rate || taxRate,
    includes_tax: false,
    supplier: "",
    reference: "",
    commitment_id: null as string | null,
  };
  const [draft, setDraft] = useState(empty);
  const change = (part: Partial<typeof empty>) => setDraft((now) => ({ ...now, ...part }));
  const send = useSend("post", PATH, {
    onSuccess: () => setDraft((now) => ({ ...empty, kind: now.kind, day: now.day, supplier: now.supplier })),
  });
  return (
    <form
      className={css.entryForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (draft.amount_minor === null) return;
        send.mutate({
          path: { campaign_id: campaignId },
          body: { ...draft, line_id: line.id, amount_minor: draft.amount_minor },
        });
      }}
    >
      <Select
        label={t("entry.kind")}
        allowDeselect={false}
        value={draft.kind}
        data={kinds.map((value) => ({ value, label: t(`entry.${value}`) }))}
        onChange={(kind) => kind && change({ kind, commitment_id: null })}
      />
      <DayField required label={t("entry.day")} value={draft.day} onChange={(day) => day && change({ day })} />
      <AmountField
        label={t("entry.amount")}
        currency={draft.currency}
        value={draft.amount_minor}
        onChange={(amount_minor) => change({ amount_minor })}
      />
      <CurrencyField label={t("currency")} value={draft.currency} onChange={(currency) => change({ currency })} />
      <ShareField label={t("tax")} value={draft.tax_rate} onChange={(rate) => change({ tax_rate: rate ?? 0 })} />
      <Checkbox
        label={t("entry.includesTax")}
        checked={draft.includes_tax}
        onChange={(event) => change({ includes_tax: event.currentTarget.checked })}
      />
      <TextInput
        label={t("entry.supplier")}
        maxLength={200}
        value={draft.supplier}
        onChange={(event) => change({ supplier: event.currentTarget.value })}
      />
      <TextInput
        label={t("entry.reference")}
        maxLength={200}
        value={draft.reference}
        onChange={(event) => change({ reference: event.currentTarget.value })}
      />
      {draft.kind !== "commitment" && draft.kind !== "credit" && orders.length > 0 && (
        <Select
          label={t("entry.settles")}
          clearable
          value={draft.commitment_id}
          data={orders.map((order) => ({
            value: order.id,
            label: [
              order.supplier || order.reference || format.day(order.day),
              format.money(order.open_minor ?? 0),
            ].join(" · "),
          }))}
          onChange={(commitment_id) => change({ commitment_id })}
        />
      )}
      <div className={css.wide}>
        <FormError error={send.error} />
        <FormFoot>
          <Act type="submit" loading={send.isPending} disabled={!draft.amount_minor}>
            {t(`entries.add.${draft.kind}`)}
          </Act>
        </FormFoot>
      </div>
    </form>
  );
}
