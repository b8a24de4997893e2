import { useWorkspaceSettings } from "@/lib/workspace";
import css from "./Inboxes.module.css";
import { useT } from "./useT";

interface Props {
  subject: string;
  preheader: string;
  html: string;
}

/** How much of a mail three programs show in their list, in letters: enough to see what is cut. */
const PROGRAMS = [
  { name: "Gmail", kind: "line", subject: 70, all: 100 },
  { name: "Outlook", kind: "stack", subject: 55, all: 55 },
  { name: "Apple Mail", kind: "apple", subject: 45, all: 140 },
] as const;

/** The subject and what follows it as mail programs list them. Without a preheader they take the mail's first words. */
export function Inboxes({ subject, preheader, html }: Props) {
  const t = useT();
  const from = useWorkspaceSettings().name;
  const follows = preheader || firstWords(html);
  return (
    <div className={css.inboxes}>
      {PROGRAMS.map(({ name, kind, subject: most, all }) => {
        const line = cut(subject, most);
        const rest = cut(follows, kind === "line" ? Math.max(0, all - line.length) : all);
        return (
          <section key={name} aria-label={name}>
            <small>{name}</small>
            <div data-kind={kind}>
              <strong>
                <bdi>{from}</bdi>
              </strong>
              <b>
                <bdi>{line}</bdi>
              </b>
              <span>
                <bdi>{rest}</bdi>
              </span>
            </div>
          </section>
        );
      })}
      {!preheader && <p>{t("preview.inboxes.none")}</p>}
    </div>
  );
}

const cut = (text: string, most: number) => {
  const letters = [...text];
  return letters.length > most
    ? `${letters
        .slice(0, Math.max(0, most - 1))
        .join("")
        .trimEnd()}…`
    : text;
};

/** The words a mail begins with, read without running any of it. */
function firstWords(html: string): string {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const hidden of parsed.querySelectorAll("style, script, title, head")) hidden.remove();
  return (parsed.body.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, 200);
}
