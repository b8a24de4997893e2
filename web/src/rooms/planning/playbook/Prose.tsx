import css from "./Prose.module.css";

/** A page as it reads. The HTML is the server's own rendering of Markdown: it holds no markup that a writer gave. */
export function Prose({ html }: { html: string }) {
  return <div className={css.prose} dangerouslySetInnerHTML={{ __html: html }} />;
}
