import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { PasteRows } from "@/ui/PasteRows";
import { say } from "@/ui/tray";
import { ReadingNote } from "../ReadingNote";
import css from "./PasteDialog.module.css";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";
import { KindIcon } from "./words";

const SHOWN = 50;
const codes = [
  "name_missing",
  "name_long",
  "owner_unknown",
  "duration_negative",
  "duration_unreadable",
  "duration_long",
  "day_unreadable",
  "days_reversed",
  "depends_on_itself",
  "depends_unknown",
  "kind_unknown",
] as const;

const PASTE = "/campaigns/{campaign_id}/tasks/paste";

interface Props {
  plan: Plan;
  text: string;
  onClose: () => void;
}

/** Lines of a spreadsheet: looked at while they are there, with what is wrong said line by line, made in one go. */
export function PasteDialog({ plan, text, onClose }: Props) {
  const t = useT();
  const api = useApi();
  const path = { campaign_id: plan.campaignId };
  return (
    <PasteRows<Shape<"PasteOut">>
      title={t("paste")}
      label={t("paste.label")}
      hint={t("paste.hint")}
      action={(seen) => t("paste.make", { count: seen?.lines.length ?? 0 })}
      text={text}
      look={(text) => api.ask("post", PASTE, { path, body: { text, dry: true } })}
      right={({ lines, problems }) => lines.length > 0 && problems.length === 0}
      add={async (text) => {
        const made = await api.call("post", PASTE, { path, body: { text, dry: false } });
        if (made.created === 0) return made;
        const act = () => void plan.removeAll(made.made);
        say(t("paste.made", { count: made.created }), { action: { label: t("undo"), undo: true, act } });
        return undefined;
      }}
      onClose={onClose}
    >
      {(seen) => <Understood {...seen} />}
    </PasteRows>
  );
}

/** What can't be read, line by line; or the lines as they were understood. */
function Understood({ lines, problems, reading }: Shape<"PasteOut">) {
  const t = useT();
  const format = useFormat();
  if (problems.length > 0) {
    return (
      <div className={css.problems} role="alert">
        <ReadingNote reading={reading} />
        <p>{t("paste.problems", { count: problems.length })}</p>
        <ul>
          {problems.slice(0, SHOWN).map((one) => {
            const code = codes.find((known) => known === one.code);
            return (
              <li key={`${one.line}${one.column}${one.value}`}>
                <b>{t("paste.line", { line: one.line })}</b>{" "}
                {code ? t(`paste.${code}`, { value: one.value }) : one.code}
              </li>
            );
          })}
          {problems.length > SHOWN && <li>{t("preview.more", { count: problems.length - SHOWN })}</li>}
        </ul>
      </div>
    );
  }
  return (
    <div className={css.pasted}>
      <ReadingNote reading={reading} />
      <table aria-label={t("paste.seen")}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t("task")}</th>
            <th scope="col">{t("owner")}</th>
            <th scope="col">{t("days")}</th>
            <th scope="col">{t("start")}</th>
            <th scope="col">{t("deadline")}</th>
            <th scope="col">{t("waits")}</th>
          </tr>
        </thead>
        <tbody>
          {lines.slice(0, SHOWN).map((line) => (
            <tr key={line.line}>
              <td>{line.line}</td>
              <td style={{ paddingInlineStart: 8 + line.depth * 14 }}>
                <KindIcon kind={line.kind} /> {line.name}
              </td>
              <td>{line.owner}</td>
              <td>{line.duration_days}</td>
              <td>{line.not_before && format.day(line.not_before)}</td>
              <td>{line.deadline && format.day(line.deadline)}</td>
              <td>{line.depends.join(", ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > SHOWN && <p>{t("preview.more", { count: lines.length - SHOWN })}</p>}
    </div>
  );
}
