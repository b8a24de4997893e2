import { Button, Textarea } from "@mantine/core";
import { useEffect, useState } from "react";
import { useApi } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import css from "./timeline.module.css";
import { useT } from "./useT";
import type { Plan } from "./useTimeline";

const SHOWN = 50;
const codes = [
  "name_missing",
  "name_long",
  "owner_unknown",
  "duration_negative",
  "duration_unreadable",
  "duration_long",
  "day_unreadable",
  "depends_on_itself",
  "depends_unknown",
] as const;

/** Lines of a spreadsheet: looked at while they are there, with what is wrong said line by line, made in one go. */
export function PasteDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useT();
  const api = useApi();
  const [text, setText] = useState(() => {
    const pasted = sessionStorage.getItem("gonfalon.pasted") ?? "";
    sessionStorage.removeItem("gonfalon.pasted");
    return pasted;
  });
  const [seen, setSeen] = useState<Shape<"PasteOut">>();
  const [error, setError] = useState<unknown>();
  const path = { campaign_id: plan.campaignId };
  useEffect(() => {
    setSeen(undefined);
    setError(undefined);
    if (!text.trim()) return;
    let current = true;
    const timer = setTimeout(() => {
      api
        .call("post", "/campaigns/{campaign_id}/tasks/paste", {
          path: { campaign_id: plan.campaignId },
          body: { text, dry: true },
        })
        .then((answer) => current && setSeen(answer))
        .catch((problem: unknown) => current && setError(problem));
    }, 300);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, plan.campaignId, text]);
  const make = async () => {
    const made = await plan.run(() =>
      api.call("post", "/campaigns/{campaign_id}/tasks/paste", { path, body: { text, dry: false } }),
    );
    if (!made) return onClose();
    if (made.created === 0) return setSeen(made);
    say(t("paste.made", { count: made.created }));
    onClose();
  };
  const problems = seen?.problems ?? [];
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("paste")}
      size={760}
      foot={
        <>
          <Button variant="default" onClick={onClose}>
            {t("discard")}
          </Button>
          <Button disabled={!seen?.lines.length || problems.length > 0} loading={plan.busy} onClick={() => void make()}>
            {t("paste.make", { count: seen?.lines.length ?? 0 })}
          </Button>
        </>
      }
    >
      <Textarea
        data-autofocus
        label={t("paste.label")}
        description={t("paste.hint")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        minRows={5}
        maxRows={9}
        autosize
        spellCheck={false}
      />
      <FormError error={error} />
      {problems.length > 0 && (
        <div className={css.problems} role="alert">
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
      )}
      {seen && problems.length === 0 && (
        <div className={css.pasted}>
          <table aria-label={t("paste.seen")}>
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">{t("task")}</th>
                <th scope="col">{t("owner")}</th>
                <th scope="col">{t("days")}</th>
                <th scope="col">{t("start")}</th>
                <th scope="col">{t("waits")}</th>
              </tr>
            </thead>
            <tbody>
              {seen.lines.slice(0, SHOWN).map((line) => (
                <tr key={line.line}>
                  <td>{line.line}</td>
                  <td style={{ paddingInlineStart: 8 + line.depth * 14 }}>{line.name}</td>
                  <td>{line.owner}</td>
                  <td>{line.duration_days}</td>
                  <td>{line.not_before}</td>
                  <td>{line.depends.join(", ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {seen.lines.length > SHOWN && <p>{t("preview.more", { count: seen.lines.length - SHOWN })}</p>}
        </div>
      )}
    </Dialog>
  );
}
