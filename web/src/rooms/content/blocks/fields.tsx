import { ColorInput, NumberInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { IconAlignCenter, IconAlignLeft, IconAlignRight } from "@tabler/icons-react";
import { useT } from "../useT";
import { useBench } from "./context";
import { PLAIN } from "./look";
import type { Node } from "./tree";

interface Field {
  node: Node;
  /** The attribute of MJML. */
  name: string;
  label: string;
}

/** Changes one attribute of a node; an empty one is taken away, so that the mail's look holds. */
export function useAttribute(node: Node) {
  const { update } = useBench();
  return (name: string, value: string) => {
    const { [name]: _, ...rest } = node.attributes;
    const kept = name === "alt" || name === "src" || (name === "href" && node.type === "button");
    update(node.id, { attributes: value || kept ? { ...node.attributes, [name]: value } : rest }, `${name} ${node.id}`);
  };
}

export function TextField({ node, name, label, placeholder }: Field & { placeholder?: string }) {
  const set = useAttribute(node);
  return (
    <TextInput
      label={label}
      value={node.attributes[name] ?? ""}
      placeholder={placeholder}
      maxLength={4000}
      onChange={(event) => set(name, event.currentTarget.value)}
    />
  );
}

export function ColourField({ node, name, label }: Field) {
  const set = useAttribute(node);
  const { mail } = useBench();
  const { accent, ink, page, card } = mail.theme ?? PLAIN;
  return (
    <ColorInput
      label={label}
      value={node.attributes[name] ?? ""}
      swatches={[...new Set([accent, ink, page, card, "#FFFFFF"])]}
      swatchesPerRow={6}
      format="hex"
      withEyeDropper={false}
      onChange={(value) => set(name, /^#[0-9a-f]{6}$/i.test(value) ? value.toUpperCase() : value)}
    />
  );
}

export function LengthField({ node, name, label, most = 600 }: Field & { most?: number }) {
  const set = useAttribute(node);
  const value = Number.parseInt(node.attributes[name] ?? "", 10);
  return (
    <NumberInput
      label={label}
      value={Number.isNaN(value) ? "" : value}
      min={0}
      max={most}
      suffix=" px"
      allowDecimal={false}
      onChange={(next) => set(name, next === "" ? "" : `${next}px`)}
    />
  );
}

/** The distance within a node's edges, above and below, left and right. */
export function PaddingField({ node }: { node: Node }) {
  const t = useT();
  const set = useAttribute(node);
  const parts = (node.attributes.padding ?? "").split(/\s+/).map((part) => Number.parseInt(part, 10) || 0);
  const [top = 0, right = top, bottom = top] = parts;
  const put = (above: number, beside: number, below: number) => set("padding", `${above}px ${beside}px ${below}px`);
  const one = (label: string, value: number, change: (value: number) => void) => (
    <NumberInput
      size="xs"
      label={label}
      value={value}
      min={0}
      max={120}
      step={4}
      allowDecimal={false}
      onChange={(next) => change(Number(next) || 0)}
    />
  );
  return (
    <div style={{ display: "grid", gridTemplateColumns: "1fr 1fr 1fr", gap: 8 }}>
      {one(t("blocks.above"), top, (value) => put(value, right, bottom))}
      {one(t("blocks.below"), bottom, (value) => put(top, right, value))}
      {one(t("blocks.beside"), right, (value) => put(top, value, bottom))}
    </div>
  );
}

export function AlignField({ node, usual = "left" }: { node: Node; usual?: string }) {
  const t = useT();
  const set = useAttribute(node);
  const choices = [
    ["left", IconAlignLeft],
    ["center", IconAlignCenter],
    ["right", IconAlignRight],
  ] as const;
  return (
    <div>
      <span data-label>{t("blocks.align")}</span>
      <SegmentedControl
        size="xs"
        aria-label={t("blocks.align")}
        value={node.attributes.align ?? usual}
        onChange={(value) => set("align", value === usual ? "" : value)}
        data={choices.map(([value, Icon]) => ({
          value,
          label: <Icon size={16} title={t(`blocks.align.${value}`)} aria-label={t(`blocks.align.${value}`)} />,
        }))}
      />
    </div>
  );
}

export function LineField({
  label,
  value,
  onChange,
  placeholder,
  area,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  area?: boolean;
}) {
  const Input = area ? Textarea : TextInput;
  return (
    <Input
      label={label}
      value={value}
      placeholder={placeholder}
      maxLength={4000}
      {...(area ? { autosize: true, minRows: 2 } : {})}
      onChange={(event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value)}
    />
  );
}

export function StyleField({ node }: { node: Node }) {
  const t = useT();
  const set = useAttribute(node);
  const given = node.attributes["mj-class"] ?? "";
  const known = ["", "lead", "small", "label"];
  return (
    <Select
      label={t("blocks.style")}
      value={given}
      allowDeselect={false}
      data={[
        ...known.map((value) => ({ value, label: t(`blocks.style.${(value || "usual") as "lead"}`) })),
        ...(known.includes(given) ? [] : [{ value: given, label: given }]),
      ]}
      onChange={(value) => set("mj-class", value ?? "")}
    />
  );
}
