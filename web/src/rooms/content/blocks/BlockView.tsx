import { IconBraces, IconPhoto, IconPlayerPlayFilled } from "@tabler/icons-react";
import { Fragment } from "react";
import { useT } from "../useT";
import css from "./block.module.css";
import parts from "./composite.module.css";
import { useBench } from "./context";
import { chipWords } from "./extensions";
import { lookOf } from "./look";
import type { Node, Paragraph, Run } from "./tree";
import { Words } from "./Words";
import { docOf, harmless, paragraphsOf, plainOf, runsOf } from "./words";

/** A block as it is written in: its words are edited where they stand while it is selected. */
export function BlockView({ node }: { node: Node }) {
  const t = useT();
  const { selected, update, may } = useBench();
  const writing = may && selected === node.id;
  const look = lookOf(node);
  switch (node.type) {
    case "heading": {
      const line: Paragraph[] = [{ kind: "line", runs: node.runs ?? [] }];
      return (
        <div className={css.heading} data-level={node.level} style={look}>
          {writing ? (
            <Words
              label={t("block.heading")}
              doc={docOf(line)}
              lines={false}
              onChange={(doc) => update(node.id, { runs: runsOf(doc.content?.[0] ?? {}) }, `words ${node.id}`)}
            />
          ) : (
            <Runs runs={node.runs ?? []} />
          )}
        </div>
      );
    }
    case "text":
      return (
        <div className={css.text} style={look}>
          {writing ? (
            <Words
              label={t("blocks.kind.text")}
              doc={docOf(node.paragraphs ?? [])}
              lines
              onChange={(doc) => update(node.id, { paragraphs: paragraphsOf(doc) }, `words ${node.id}`)}
            />
          ) : (
            <Paragraphs paragraphs={node.paragraphs ?? []} />
          )}
        </div>
      );
    case "button":
      return (
        <div className={css.buttonRow} style={{ textAlign: (node.attributes.align as "left") ?? "left" }}>
          <div
            className={css.button}
            style={harmless(
              `background-color:${node.attributes["background-color"] ?? ""};color:${node.attributes.color ?? ""}`,
            )}
          >
            {writing ? (
              <Words
                label={t("block.button")}
                doc={docOf([{ kind: "line", runs: node.runs ?? [] }])}
                lines={false}
                onChange={(doc) => update(node.id, { runs: runsOf(doc.content?.[0] ?? {}) }, `words ${node.id}`)}
              />
            ) : (
              <Runs runs={node.runs ?? []} />
            )}
          </div>
        </div>
      );
    case "image":
      return (
        <div style={{ textAlign: (node.attributes.align as "left") ?? "center", paddingBottom: 20 }}>
          <Picture src={node.attributes.src} alt={node.attributes.alt ?? ""} width={node.attributes.width} />
        </div>
      );
    case "divider":
      return <hr className={css.divider} />;
    case "spacer":
      return (
        <div className={css.spacer} style={{ height: Number.parseInt(node.attributes.height ?? "20", 10) || 20 }} />
      );
    case "menu":
    case "social":
      return (
        <div className={css.links} style={look}>
          {(node.links ?? []).map(({ label }, at) => (
            <span key={at}>{label || "…"}</span>
          ))}
        </div>
      );
    default:
      return <Composite node={node} />;
  }
}

function Composite({ node }: { node: Node }) {
  const t = useT();
  switch (node.type) {
    case "table":
      return (
        <table className={parts.table}>
          <tbody>
            {(node.cells ?? []).map((row, at) => (
              <tr key={at} data-head={(node.header && at === 0) || undefined}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <Runs runs={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "products":
      return (
        <div className={parts.products}>
          {(node.items ?? []).map((item, at) => (
            <div key={at}>
              <Picture src={item.src} alt={item.alt} small />
              <div>
                <strong>{item.name}</strong>
                <span>{item.note}</span>
                <b>{item.price}</b>
                <span className={css.link}>{item.action}</span>
              </div>
            </div>
          ))}
        </div>
      );
    case "coupon":
      return (
        <div className={parts.coupon}>
          <span>{node.label}</span>
          <strong>{node.code}</strong>
          <span>{node.note}</span>
        </div>
      );
    case "countdown": {
      const left = Math.ceil((Date.parse(`${node.until}T00:00`) - Date.now()) / 86_400_000);
      return (
        <div className={parts.countdown}>
          {left >= 0 ? <strong>{left}</strong> : null}
          <span>{left >= 0 ? node.label : node.after}</span>
        </div>
      );
    }
    case "video":
      return (
        <div className={parts.video}>
          <Picture src={node.src} alt={node.alt ?? ""} />
          <span className={css.link}>
            <IconPlayerPlayFilled size={12} /> {node.label}
          </span>
        </div>
      );
    default:
      return (
        <div className={parts.raw}>
          <span>
            <IconBraces size={14} /> {t("blocks.kind.raw")}
          </span>
          <code>{(node.code ?? "").slice(0, 400)}</code>
        </div>
      );
  }
}

function Picture({ src, alt, width, small }: { src?: string; alt: string; width?: string; small?: boolean }) {
  const t = useT();
  const shown = src && URL.canParse(src) ? new URL(src) : undefined;
  // Pictures of this installation are asked from where this page is; others are only named: their servers need not know.
  const own = shown?.pathname.startsWith("/media/") || shown?.pathname.startsWith("/assets/");
  if (shown && own)
    return (
      <img
        className={parts.picture}
        src={shown.pathname}
        alt={alt}
        style={{ maxWidth: width ? Number.parseInt(width, 10) : "100%" }}
      />
    );
  return (
    <div className={parts.noPicture} data-small={small || undefined}>
      <IconPhoto size={small ? 18 : 24} />
      {!small && (
        <span>{shown ? t("blocks.picture.from", { host: shown.host }) : src ? src : t("blocks.picture.none")}</span>
      )}
    </div>
  );
}

function Paragraphs({ paragraphs }: { paragraphs: Paragraph[] }) {
  const groups: { kind: Paragraph["kind"]; items: Paragraph[] }[] = [];
  for (const one of paragraphs) {
    const group = groups.at(-1);
    if (group && group.kind === one.kind) group.items.push(one);
    else groups.push({ kind: one.kind, items: [one] });
  }
  return groups.map(({ kind, items }, at) => {
    if (kind === "bullet" || kind === "number") {
      const List = kind === "bullet" ? "ul" : "ol";
      return (
        <List key={at}>
          {items.map((one, index) => (
            <li key={index}>
              <Runs runs={one.runs} />
            </li>
          ))}
        </List>
      );
    }
    return items.map((one, index) => (
      <p key={`${at} ${index}`} data-line={kind === "line" || undefined} style={harmless(one.style ?? "")}>
        <Runs runs={one.runs} />
      </p>
    ));
  });
}

function Runs({ runs }: { runs: Run[] }) {
  const t = useT();
  const { nameOf } = useBench();
  if (!plainOf(runs)) return <span className={css.empty}>{t("blocks.empty.words")}</span>;
  return runs.map((run, at) => {
    if (run.kind === "break") return <br key={at} />;
    const style = {
      ...harmless(run.style ?? ""),
      fontWeight: run.bold ? 700 : undefined,
      fontStyle: run.italic ? "italic" : undefined,
      textDecoration:
        [run.underline && "underline", run.strike && "line-through"].filter(Boolean).join(" ") || undefined,
    };
    if (run.kind === "value")
      return (
        <span key={at} className={css.chip} style={style}>
          {chipWords(run.text ?? "", nameOf)}
        </span>
      );
    const words = <Fragment>{run.text}</Fragment>;
    return (
      <span key={at} className={run.href ? css.link : undefined} style={style}>
        {words}
      </span>
    );
  });
}
