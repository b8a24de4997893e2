import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { Act } from "@/ui/Act";
import { Dialog } from "@/ui/Dialog";
import { PasteRows } from "@/ui/PasteRows";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { UploadDrop } from "@/ui/UploadDrop";
import { ReadingNote } from "../ReadingNote";
import shared from "./budget.module.css";
import { WrongRows } from "./fields";
import css from "./PasteDialog.module.css";
import type { Line } from "./useBudget";
import { useT } from "./useT";

interface PasteProps {
  campaignId: string;
  text: string;
  onClose: () => void;
}

const PASTE = "/campaigns/{campaign_id}/budget/paste";
const IMPORT = "/campaigns/{campaign_id}/budget/entries/import";

/** Lines of a spreadsheet: looked at before they are added, with what is wrong said row by row. */
export function PasteDialog({ campaignId, text, onClose }: PasteProps) {
  const t = useT();
  const format = useFormat();
  const api = useApi();
  const path = { campaign_id: campaignId };
  return (
    <PasteRows<Shape<"BudgetPasteOut">>
      title={t("paste.title")}
      label={t("paste.cells")}
      hint={t("paste.hint")}
      action={(seen) => t("paste.action", { count: seen?.rows.length ?? 0 })}
      text={text}
      look={(text) => api.ask("post", PASTE, { path, body: { text } })}
      right={({ wrong }) => wrong.length === 0}
      add={async (text) => {
        const { added } = await api.call("post", PASTE, { path, body: { text, apply: true } });
        say(t("paste.added", { count: added }));
        return undefined;
      }}
      onClose={onClose}
    >
      {({ rows, wrong, reading }) => (
        <>
          <ReadingNote reading={reading} />
          {wrong.length > 0 ? (
            <div className={css.wrong} role="alert">
              <p>{t("paste.wrong", { count: wrong.length })}</p>
              <WrongRows wrong={wrong} />
            </div>
          ) : (
            <ol className={css.preview}>
              {rows.slice(0, 8).map((row, index) => (
                <li key={index}>
                  <span>{row.name}</span>
                  <span>
                    {format.number(row.quantity)} × {format.money(row.unit_price_minor ?? 0, row.currency)}
                  </span>
                </li>
              ))}
              {rows.length > 8 && <li>{t("wrong.more", { count: rows.length - 8 })}</li>}
            </ol>
          )}
        </>
      )}
    </PasteRows>
  );
}

interface ImportProps {
  campaignId: string;
  lines: Line[];
  onClose: () => void;
}

/** A file of bills or media spend: looked at first; the same file twice changes nothing. */
export function ImportDialog({ campaignId, lines, onClose }: ImportProps) {
  const t = useT();
  const api = useApi();
  const [file, setFile] = useState<File>();
  const [lineId, setLineId] = useState<string | null>(null);
  const [seen, setSeen] = useState<Shape<"SpendImportOut">>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const ask = async (chosen: File, line: string | null, apply: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      const path = { campaign_id: campaignId };
      const body = { text: await chosen.text(), line_id: line, apply };
      if (!apply) return setSeen(await api.ask("post", IMPORT, { path, body }));
      const answer = await api.call("post", IMPORT, { path, body });
      say(t("import.done", { count: answer.new }));
      onClose();
    } catch (problem) {
      setSeen(undefined);
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("import.title")}
      size={640}
      foot={
        <>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act disabled={!file || !seen?.new} loading={busy} onClick={() => file && void ask(file, lineId, true)}>
            {t("import.action", { count: seen?.new ?? 0 })}
          </Act>
        </>
      }
    >
      <div className={shared.stack}>
        <Select
          label={t("import.line")}
          description={t("import.line.hint")}
          clearable
          value={lineId}
          data={lines.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(line) => {
            setLineId(line);
            if (file) void ask(file, line, false);
          }}
        />
        <UploadDrop
          file={file}
          accept=".csv,text/csv"
          hint={t("import.hint")}
          onFile={(chosen) => {
            setFile(chosen);
            setSeen(undefined);
            setError(undefined);
            if (chosen) void ask(chosen, lineId, false);
          }}
        />
        <FormError error={error} />
        {seen && (
          <p aria-live="polite">{t("import.seen", { total: seen.total, fresh: seen.new, known: seen.known })}</p>
        )}
        {seen && <ReadingNote reading={seen.reading} />}
        {seen && seen.wrong.length > 0 && (
          <div className={css.wrong}>
            <p>{t("import.wrong")}</p>
            <WrongRows wrong={seen.wrong} />
          </div>
        )}
      </div>
    </Dialog>
  );
}
