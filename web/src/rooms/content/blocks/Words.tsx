import { ActionIcon, Button, Popover, TextInput, Tooltip } from "@mantine/core";
import {
  IconBold,
  IconBraces,
  IconItalic,
  IconLink,
  IconList,
  IconListNumbers,
  IconStrikethrough,
  IconUnderline,
} from "@tabler/icons-react";
import type { Editor, JSONContent } from "@tiptap/core";
import { EditorContent, useEditor, useEditorState } from "@tiptap/react";
import { type ComponentType, useEffect, useMemo, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { Menu } from "@/ui/Menu";
import { useFields } from "../draft";
import { useT } from "../useT";
import block from "./block.module.css";
import { useBench } from "./context";
import css from "./desk.module.css";
import { extensionsFor } from "./extensions";
import { readValue, valueCode } from "./words";

interface Props {
  label: string;
  doc: JSONContent;
  /** Whether there may be paragraphs and lists; else one line. */
  lines: boolean;
  onChange: (doc: JSONContent) => void;
}

/** Writes the words of a block where they stand, with its tools above. */
export function Words({ label, doc, lines, onChange }: Props) {
  const { nameOf, undo, redo, select, toolbar } = useBench();
  const told = useRef(onChange);
  told.current = onChange;
  const names = useRef(nameOf);
  names.current = nameOf;
  const extensions = useMemo(() => extensionsFor(lines, (path) => names.current(path)), [lines]);
  const editor = useEditor({
    extensions,
    content: doc,
    autofocus: "end",
    editorProps: {
      attributes: { class: block.words ?? "", role: "textbox", "aria-label": label, "aria-multiline": String(lines) },
      handleKeyDown: (_, event) => {
        const mod = event.metaKey || event.ctrlKey;
        if (mod && event.key.toLowerCase() === "z") {
          event.preventDefault();
          (event.shiftKey ? redo : undo)();
          return true;
        }
        if (event.key === "Escape") {
          (event.target as HTMLElement).closest<HTMLElement>("[data-block]")?.focus();
          select(undefined);
          return true;
        }
        if (!lines && event.key === "Enter" && !event.shiftKey) return true;
        return false;
      },
    },
    onUpdate: ({ editor: now }) => {
      own.current = JSON.stringify(now.getJSON());
      told.current(now.getJSON());
    },
  });
  const own = useRef("");
  // What comes from elsewhere (undo, the inspector) replaces what stands here; what was written here is here already.
  const text = JSON.stringify(doc);
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      own.current = JSON.stringify(editor?.getJSON());
      return;
    }
    if (!editor || editor.isDestroyed) return;
    const shown = editor.schema.nodeFromJSON(JSON.parse(text));
    if (!shown.eq(editor.state.doc)) editor.commands.setContent(JSON.parse(text), { emitUpdate: false });
  }, [text, editor]);
  if (!editor) return null;
  return (
    <>
      {toolbar && createPortal(<Tools editor={editor} lines={lines} />, toolbar)}
      <EditorContent editor={editor} />
    </>
  );
}

function Tools({ editor, lines }: { editor: Editor; lines: boolean }) {
  const t = useT();
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      bold: now.isActive("bold"),
      italic: now.isActive("italic"),
      underline: now.isActive("underline"),
      strike: now.isActive("strike"),
      bullet: now.isActive("bulletList"),
      number: now.isActive("orderedList"),
      link: (now.getAttributes("link").href as string | undefined) ?? "",
      linked: now.isActive("link"),
      value: now.isActive("value") ? (now.getAttributes("value").code as string) : undefined,
    }),
  });
  const tool = (name: string, Icon: ComponentType<{ size?: number }>, active: boolean, act: () => void) => (
    <Tooltip label={name}>
      <ActionIcon
        size={28}
        aria-label={name}
        aria-pressed={active}
        data-active={active || undefined}
        onMouseDown={(event) => event.preventDefault()}
        onClick={act}
      >
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
  const chain = () => editor.chain().focus();
  return (
    <div className={css.tools} role="toolbar" aria-label={t("blocks.tools")}>
      {tool(t("blocks.bold"), IconBold, state.bold, () => chain().toggleBold().run())}
      {tool(t("blocks.italic"), IconItalic, state.italic, () => chain().toggleItalic().run())}
      {tool(t("blocks.underline"), IconUnderline, state.underline, () => chain().toggleUnderline().run())}
      {tool(t("blocks.strike"), IconStrikethrough, state.strike, () => chain().toggleStrike().run())}
      {lines && tool(t("blocks.bullets"), IconList, state.bullet, () => chain().toggleBulletList().run())}
      {lines && tool(t("blocks.numbers"), IconListNumbers, state.number, () => chain().toggleOrderedList().run())}
      <LinkTool editor={editor} href={state.link} active={state.linked} />
      <ValueTool editor={editor} code={state.value} />
    </div>
  );
}

function LinkTool({ editor, href, active }: { editor: Editor; href: string; active: boolean }) {
  const t = useT();
  const [opened, setOpened] = useState(false);
  const [address, setAddress] = useState("");
  const keep = () => {
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!address.trim()) chain.unsetMark("link").run();
    else if (editor.state.selection.empty && !active)
      chain
        .insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address.trim() } }] })
        .run();
    else chain.setMark("link", { href: address.trim() }).run();
    setOpened(false);
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={28}
          aria-label={t("blocks.link")}
          title={t("blocks.link")}
          aria-pressed={active}
          data-active={active || undefined}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            setAddress(href);
            setOpened(true);
          }}
        >
          <IconLink size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          className={css.popover}
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            keep();
          }}
        >
          <TextInput
            label={t("blocks.href")}
            placeholder="https://"
            value={address}
            maxLength={2000}
            data-autofocus
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
          <Button type="submit" size="compact-sm">
            {t(address.trim() ? "blocks.link.set" : "blocks.link.remove")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Puts in a person's field, or changes what those read who have none. */
function ValueTool({ editor, code }: { editor: Editor; code: string | undefined }) {
  const t = useT();
  const fields = useFields();
  const { nameOf } = useBench();
  const value = code === undefined ? undefined : readValue(code);
  const put = (path: string, fallback: string) =>
    editor
      .chain()
      .focus()
      .insertContent({ type: "value", attrs: { code: valueCode(path, fallback) } })
      .run();
  const linkTo = (href: string, words: string) => {
    const chain = editor.chain().focus();
    if (!editor.state.selection.empty) chain.setMark("link", { href }).run();
    else chain.insertContent({ type: "text", text: words, marks: [{ type: "link", attrs: { href } }] }).run();
  };
  if (value)
    return (
      <TextInput
        size="xs"
        w={190}
        key={value.path}
        aria-label={t("blocks.fallback", { field: nameOf(value.path) })}
        placeholder={t("blocks.fallback", { field: nameOf(value.path) })}
        defaultValue={value.fallback}
        maxLength={200}
        onChange={(event) =>
          editor.commands.updateAttributes("value", { code: valueCode(value.path, event.currentTarget.value) })
        }
      />
    );
  return (
    <Menu
      label={t("blocks.value")}
      title={t("blocks.value")}
      className={css.valueMenu}
      entries={[
        ...fields.map(({ key, label }) => ({ label, act: () => put(`person.${key}`, t("blocks.fallback.begin")) })),
        { label: t("insert.email"), heading: "", act: () => put("person.email", "") },
        { label: t("blocks.workspace"), act: () => put("workspace.name", "") },
        {
          label: t("insert.unsubscribe"),
          heading: "",
          act: () => linkTo("{{ unsubscribe_url }}", t("insert.unsubscribe")),
        },
        { label: t("insert.preferences"), act: () => linkTo("{{ preferences_url }}", t("insert.preferences")) },
      ]}
    >
      <IconBraces size={16} />
      {t("blocks.value")}
    </Menu>
  );
}
