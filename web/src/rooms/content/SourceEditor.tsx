import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { html } from "@codemirror/lang-html";
import { bracketMatching, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { Compartment, EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { asLines, sectionPlace, valuePlace } from "./places";
import css from "./SourceEditor.module.css";

export interface SourceHandle {
  /** Puts a value at the cursor, in place of what is selected; where none can stand, into the next words. */
  insert: (text: string) => void;
  /** Puts a block at the nearest place where one can stand. */
  insertBlock: (text: string) => void;
  /** Shows a line (the first is 1) and puts the cursor there. */
  goTo: (line: number) => void;
}

interface Props {
  value: string;
  onChange: (value: string) => void;
  label: string;
  /** Lines (the first is 1) that have a mistake. */
  wrong: number[];
  readOnly?: boolean;
  handle: RefObject<SourceHandle | null>;
}

/** MJML with Liquid as text: colours, line numbers, undo, lines with mistakes marked. */
export function SourceEditor({ value, onChange, label, wrong, readOnly, handle }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const tell = useRef(onChange);
  tell.current = onChange;

  // The editor owns its text; it is made once and only told of changes that come from elsewhere.
  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: value,
        extensions: [...setUp(label), whenChanged((text) => tell.current(text)), locked.of([])],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  useEffect(() => {
    view.current?.dispatch({ effects: locked.reconfigure(EditorState.readOnly.of(Boolean(readOnly))) });
  }, [readOnly]);

  useEffect(() => {
    const now = view.current;
    if (now && now.state.doc.toString() !== value)
      now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    view.current?.dispatch({ effects: markLines.of(wrong) });
  }, [wrong]);

  useImperativeHandle(
    handle,
    () => ({
      insert: (text) => {
        const now = view.current;
        if (!now) return;
        const { from, to } = now.state.selection.main;
        const place = valuePlace(now.state.doc.toString(), from);
        put(now, place, place === from ? to : place, text);
      },
      insertBlock: (text) => {
        const now = view.current;
        if (!now) return;
        const doc = now.state.doc.toString();
        const place = sectionPlace(doc, now.state.selection.main.head);
        put(now, place, place, asLines(text, doc, place));
      },
      goTo: (line) => {
        const now = view.current;
        if (!now) return;
        const { from } = now.state.doc.line(Math.max(1, Math.min(line, now.state.doc.lines)));
        now.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
        now.focus();
      },
    }),
    [],
  );
  return <div ref={place} className={css.source} />;
}

const locked = new Compartment();

/** Replaces a stretch, selects what is to be filled in, and shows it. */
function put(view: EditorView, from: number, to: number, text: string) {
  const gap = text.indexOf("…");
  const selection = gap < 0 ? { anchor: from + text.length } : { anchor: from + gap, head: from + gap + 1 };
  view.dispatch({ changes: { from, to, insert: text }, selection, scrollIntoView: true });
  view.focus();
}

function whenChanged(tell: (text: string) => void): Extension {
  return EditorView.updateListener.of((update) => {
    if (update.docChanged) tell(update.state.doc.toString());
  });
}

function setUp(label: string): Extension[] {
  return [
    lineNumbers(),
    history(),
    bracketMatching(),
    highlightActiveLine(),
    EditorView.lineWrapping,
    html({ matchClosingTags: true, autoCloseTags: true }),
    syntaxHighlighting(colours),
    liquid,
    marked,
    // Tab indents; Escape then Tab leaves the editor, which CodeMirror offers by itself.
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "true", tabindex: "0" }),
    look,
  ];
}

const colours = HighlightStyle.define([
  { tag: tags.tagName, color: "var(--g-accent)" },
  { tag: [tags.angleBracket, tags.attributeName], color: "var(--g-muted)" },
  { tag: [tags.attributeValue, tags.string], color: "var(--g-chart-3)" },
  { tag: tags.comment, color: "var(--g-muted)", fontStyle: "italic" },
]);

const look = EditorView.theme({
  "&": { height: "100%", fontSize: "13px", color: "var(--g-ink)", backgroundColor: "var(--g-surface)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--g-mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--g-ink)" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--g-muted)", border: "none" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--g-accent) 5%, transparent)" },
  ".cm-selectionBackground, &.cm-focused .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--g-accent) 22%, transparent) !important",
  },
});

const liquidMark = Decoration.mark({ class: css.liquid });
const matcher = new MatchDecorator({ regexp: /\{\{.*?\}\}|\{%.*?%\}/g, decoration: liquidMark });
const liquid = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.decorations = matcher.updateDeco(update, this.decorations);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

const markLines = StateEffect.define<number[]>();
const wrongLine = Decoration.line({ class: css.wrong });
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(now, transaction) {
    let next = now.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(markLines)) continue;
      const { doc } = transaction.state;
      const lines = [...new Set(effect.value)].filter((line) => line >= 1 && line <= doc.lines).sort((a, b) => a - b);
      next = Decoration.set(lines.map((line) => wrongLine.range(doc.line(line).from)));
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});
