import type { ReactNode } from "react";
import frame from "./Builder.module.css";
import css from "./Page.module.css";

interface Props {
  children: ReactNode;
  /** `page`: scrolls as a whole. `list`: full height, the table inside scrolls. `form`: a narrow column to read and fill in. */
  kind?: "page" | "list" | "form";
}

/** The frame of every page: padding, width, height. First child is usually a `PageHead`. */
export function Page({ children, kind = "page" }: Props) {
  return (
    <div className={css.page} data-kind={kind}>
      {children}
    </div>
  );
}

interface SectionProps {
  title?: ReactNode;
  /** One line under the title. */
  note?: ReactNode;
  /** At the right of the title. */
  action?: ReactNode;
  children: ReactNode;
  /** A surface with an edge round the content. */
  card?: boolean;
  id?: string;
}

/** A part of a page with its heading. */
export function Section({ title, note, action, children, card, id }: SectionProps) {
  return (
    <section className={css.section} data-card={card || undefined} id={id}>
      {(title || action) && (
        <header className={css.head}>
          <div>
            {title && <h2>{title}</h2>}
            {note && <p className={css.note}>{note}</p>}
          </div>
          {action}
        </header>
      )}
      {children}
    </section>
  );
}

/** Name and value pairs, as in the facts column. */
export function Facts({ items }: { items: [label: ReactNode, value: ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {items.map(([label, value], index) => (
        <div key={index}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A thing's page: the thing at the left, facts and activity (320 px) at the right; on phones the facts fold away. */
export function ThingLayout({
  children,
  facts,
  factsTitle,
}: {
  children: ReactNode;
  facts: ReactNode;
  factsTitle: string;
}) {
  return (
    <div className={css.thing}>
      <details className={css.fold} open={matchMedia("(width > 900px)").matches}>
        <summary>{factsTitle}</summary>
        <aside aria-label={factsTitle}>{facts}</aside>
      </details>
      <div className={css.main}>{children}</div>
    </div>
  );
}

interface BuilderProps {
  /** The line at the top: name, save state, the live result, the primary action. */
  head: ReactNode;
  /** Canvas, editor or form. */
  children: ReactNode;
  /** Right column: what is selected, or the preview. */
  inspector?: ReactNode;
  inspectorTitle?: string;
  /** How wide the inspector is; `half` for previews. */
  wide?: boolean;
}

/** Full height: head, canvas in the middle, inspector at the right (under it on narrow screens). */
export function BuilderLayout({ head, children, inspector, inspectorTitle, wide }: BuilderProps) {
  return (
    <div className={frame.builder} data-wide={wide || undefined}>
      <div className={frame.builderHead}>{head}</div>
      <div className={frame.canvas}>{children}</div>
      {inspector && (
        <aside className={frame.inspector} aria-label={inspectorTitle}>
          {inspector}
        </aside>
      )}
    </div>
  );
}
