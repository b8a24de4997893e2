import { ActionIcon, Button, NumberInput, SegmentedControl, Switch, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useFormat } from "@/lib/format";
import { useT } from "../useT";
import { column } from "./blank";
import { ConditionField } from "./ConditionField";
import { useBench } from "./context";
import {
  AlignField,
  ColourField,
  LengthField,
  LineField,
  PaddingField,
  StyleField,
  TextField,
  useAttribute,
} from "./fields";
import css from "./inspector.module.css";
import { MailFields } from "./MailFields";
import { PictureField } from "./PictureField";
import { SharedFields, ShareRow } from "./SharedRow";
import { allNodes, find, heldBy, type Link, type Node, type Product, placeOf } from "./tree";
import { plainOf } from "./words";

/** What is selected, in fields; without a selection how the whole mail looks. */
export function Inspector() {
  const t = useT();
  const { mail, selected, select, may } = useBench();
  const node = find(mail, selected);
  const above = node && placeOf(mail, node.id)?.parent;
  const holder = above?.type === "column" ? placeOf(mail, above.id)?.parent : above;
  return (
    <fieldset className={css.inspector} disabled={!may}>
      <legend>
        {holder && (
          <button type="button" className={css.up} onClick={() => select(holder.id)}>
            {t(`blocks.kind.${holder.type as "text"}`)}
          </button>
        )}
        {node ? t(`blocks.kind.${node.type as "text"}`) : t("blocks.mail")}
      </legend>
      {node ? <NodeFields key={node.id} node={node} /> : <MailFields />}
    </fieldset>
  );
}

function NodeFields({ node }: { node: Node }) {
  const t = useT();
  const { update, mail } = useBench();
  const set = useAttribute(node);
  // A row that stands in a shared one is shared with it.
  const shared = mail.rows.some((row) => row.type === "shared" && allNodes([row]).includes(node));
  const put = (part: Partial<Node>) => update(node.id, part, `${Object.keys(part)[0]} ${node.id}`);
  switch (node.type) {
    case "heading":
      return (
        <>
          <SegmentedControl
            aria-label={t("blocks.level")}
            value={String(node.level)}
            onChange={(value) => put({ level: Number(value) as 1 })}
            data={[1, 2, 3].map((level) => ({ value: String(level), label: t("blocks.level.n", { level }) }))}
          />
          <AlignField node={node} />
          <ColourField node={node} name="color" label={t("blocks.colour")} />
          <PaddingField node={node} />
        </>
      );
    case "text":
      return (
        <>
          <StyleField node={node} />
          <AlignField node={node} />
          <ColourField node={node} name="color" label={t("blocks.colour")} />
          <PaddingField node={node} />
        </>
      );
    case "button":
      return (
        <>
          <TextField node={node} name="href" label={t("blocks.href")} placeholder="https://" />
          <AlignField node={node} />
          <Switch
            label={t("blocks.wide")}
            checked={node.attributes.width === "100%"}
            onChange={(event) => set("width", event.currentTarget.checked ? "100%" : "")}
          />
          <ColourField node={node} name="background-color" label={t("blocks.ground")} />
          <ColourField node={node} name="color" label={t("blocks.colour")} />
        </>
      );
    case "image":
      return (
        <>
          <PictureField value={node.attributes.src ?? ""} onChange={(address) => set("src", address)} />
          <LineField
            label={t("blocks.alt")}
            placeholder={t("blocks.alt.note")}
            value={node.attributes.alt ?? ""}
            onChange={(value) => set("alt", value)}
          />
          <TextField node={node} name="href" label={t("blocks.href")} placeholder="https://" />
          <LengthField node={node} name="width" label={t("blocks.width")} />
          <LengthField node={node} name="border-radius" label={t("blocks.radius")} most={300} />
          <AlignField node={node} usual="center" />
        </>
      );
    case "divider":
      return (
        <>
          <ColourField node={node} name="border-color" label={t("blocks.colour")} />
          <LengthField node={node} name="border-width" label={t("blocks.thickness")} most={20} />
        </>
      );
    case "spacer":
      return <LengthField node={node} name="height" label={t("blocks.height")} most={300} />;
    case "menu":
    case "social":
      return <LinksField links={node.links ?? []} onChange={(links) => put({ links })} />;
    case "table":
      return <CellsField node={node} put={put} />;
    case "products":
      return <ProductsField items={node.items ?? []} onChange={(items) => put({ items })} />;
    case "coupon":
      return (
        <>
          <LineField label={t("blocks.coupon.label")} value={node.label ?? ""} onChange={(label) => put({ label })} />
          <LineField label={t("blocks.coupon.code")} value={node.code ?? ""} onChange={(code) => put({ code })} />
          <LineField label={t("blocks.coupon.note")} value={node.note ?? ""} onChange={(note) => put({ note })} />
        </>
      );
    case "countdown":
      return (
        <>
          <TextInput
            type="date"
            label={t("blocks.until")}
            value={node.until}
            onChange={(event) => event.currentTarget.value && put({ until: event.currentTarget.value })}
          />
          <LineField
            label={t("blocks.countdown.label")}
            value={node.label ?? ""}
            onChange={(label) => put({ label })}
          />
          <LineField
            label={t("blocks.countdown.after")}
            value={node.after ?? ""}
            onChange={(after) => put({ after })}
          />
          <p className={css.note}>{t("blocks.countdown.note")}</p>
        </>
      );
    case "video":
      return (
        <>
          <PictureField value={node.src ?? ""} onChange={(src) => put({ src })} />
          <LineField label={t("blocks.alt")} value={node.alt ?? ""} onChange={(alt) => put({ alt })} />
          <LineField
            label={t("blocks.href")}
            placeholder="https://"
            value={node.href ?? ""}
            onChange={(href) => put({ href })}
          />
          <LineField label={t("blocks.action")} value={node.label ?? ""} onChange={(label) => put({ label })} />
          <p className={css.note}>{t("blocks.video.note")}</p>
        </>
      );
    case "conditional":
    case "conditional_rows":
      return <ConditionField value={node.condition ?? ""} onChange={(condition) => put({ condition })} />;
    case "repeated":
    case "repeated_rows":
      return (
        <>
          <LineField label={t("blocks.repeat")} value={node.each ?? ""} onChange={(each) => put({ each })} />
          <p className={css.note}>{t("blocks.repeat.note")}</p>
        </>
      );
    case "raw":
      return (
        <>
          <LineField area label={t("blocks.code")} value={node.code ?? ""} onChange={(code) => put({ code })} />
          <p className={css.note}>{t("blocks.raw.note")}</p>
        </>
      );
    case "section":
      return (
        <>
          <ColumnsField node={node} put={put} />
          <ColourField node={node} name="background-color" label={t("blocks.ground")} />
          <PaddingField node={node} />
          {!shared && <ShareRow node={node} />}
        </>
      );
    case "shared":
      return <SharedFields node={node} />;
    case "wrapper":
      return (
        <>
          <ColourField node={node} name="background-color" label={t("blocks.ground")} />
          <LengthField node={node} name="border-radius" label={t("blocks.radius")} most={60} />
          <PaddingField node={node} />
        </>
      );
    default:
      return null;
  }
}

type Put = (part: Partial<Node>) => void;

/** How many columns and how wide; what stood in a column that goes moves into the one before it. */
function ColumnsField({ node, put }: { node: Node; put: Put }) {
  const t = useT();
  const format = useFormat();
  const columns = node.columns ?? [];
  const shares = columns.map(({ attributes }) => Number.parseFloat(attributes.width ?? "") || 100 / columns.length);
  const spread = (nodes: Node[], widths: number[]) =>
    put({
      columns: nodes.map((one, at) => ({
        ...one,
        attributes:
          nodes.length === 1 ? without(one.attributes, "width") : { ...one.attributes, width: `${widths[at]}%` },
      })),
    });
  const count = (wanted: number) => {
    const even = Array.from({ length: wanted }, () => Math.floor(10000 / wanted) / 100);
    if (wanted > columns.length)
      return spread([...columns, ...Array.from({ length: wanted - columns.length }, () => column(""))], even);
    const kept = columns.slice(0, wanted);
    const last = kept.at(-1);
    if (!last) return;
    const spilled = columns.slice(wanted).flatMap(heldBy);
    spread([...kept.slice(0, -1), { ...last, blocks: [...heldBy(last), ...spilled] }], even);
  };
  return (
    <>
      <div>
        <span data-label>{t("blocks.columns")}</span>
        <SegmentedControl
          size="xs"
          aria-label={t("blocks.columns")}
          value={String(columns.length)}
          onChange={(value) => count(Number(value))}
          data={["1", "2", "3", "4"]}
        />
      </div>
      {columns.length === 2 && (
        <NumberInput
          label={t("blocks.columns.first")}
          value={Math.round(shares[0] ?? 50)}
          min={10}
          max={90}
          step={5}
          suffix={format.percentSign}
          allowDecimal={false}
          onChange={(value) => {
            const share = Math.min(90, Math.max(10, Number(value) || 50));
            spread(columns, [share, 100 - share]);
          }}
        />
      )}
    </>
  );
}

function without(attributes: Record<string, string>, name: string) {
  const { [name]: _, ...rest } = attributes;
  return rest;
}

function LinksField({ links, onChange }: { links: Link[]; onChange: (links: Link[]) => void }) {
  const t = useT();
  const change = (at: number, part: Partial<Link>) =>
    onChange(links.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <>
      {links.map((link, at) => (
        <div key={at} className={css.group}>
          <LineField label={t("blocks.label")} value={link.label} onChange={(label) => change(at, { label })} />
          <LineField
            label={t("blocks.href")}
            placeholder="https://"
            value={link.href}
            onChange={(href) => change(at, { href })}
          />
          <Drop name={link.label} act={() => onChange(links.filter((_, index) => index !== at))} />
        </div>
      ))}
      <More act={() => onChange([...links, { label: "", href: "" }])}>{t("blocks.link.add")}</More>
    </>
  );
}

function ProductsField({ items, onChange }: { items: Product[]; onChange: (items: Product[]) => void }) {
  const t = useT();
  const change = (at: number, part: Partial<Product>) =>
    onChange(items.map((one, index) => (index === at ? { ...one, ...part } : one)));
  const blank = { src: "", alt: "", name: "", note: "", price: "", href: "", action: items.at(-1)?.action ?? "" };
  return (
    <>
      {items.map((item, at) => (
        <div key={at} className={css.group}>
          <LineField label={t("blocks.product.name")} value={item.name} onChange={(name) => change(at, { name })} />
          <LineField label={t("blocks.product.note")} value={item.note} onChange={(note) => change(at, { note })} />
          <LineField label={t("blocks.product.price")} value={item.price} onChange={(price) => change(at, { price })} />
          <PictureField value={item.src} onChange={(src) => change(at, { src })} />
          <LineField label={t("blocks.alt")} value={item.alt} onChange={(alt) => change(at, { alt })} />
          <LineField
            label={t("blocks.href")}
            placeholder="https://"
            value={item.href}
            onChange={(href) => change(at, { href })}
          />
          <LineField label={t("blocks.action")} value={item.action} onChange={(action) => change(at, { action })} />
          <Drop name={item.name} act={() => onChange(items.filter((_, index) => index !== at))} />
        </div>
      ))}
      <More act={() => onChange([...items, blank])}>{t("blocks.product.add")}</More>
    </>
  );
}

function CellsField({ node, put }: { node: Node; put: Put }) {
  const t = useT();
  const cells = node.cells ?? [];
  const width = cells[0]?.length ?? 1;
  const write = (row: number, at: number, text: string) =>
    put({
      cells: cells.map((one, index) =>
        index === row ? one.map((cell, place) => (place === at ? [{ kind: "text" as const, text }] : cell)) : one,
      ),
    });
  return (
    <>
      <Switch
        label={t("blocks.table.header")}
        checked={node.header}
        onChange={(event) => put({ header: event.currentTarget.checked })}
      />
      {cells.map((row, at) => (
        <div key={at} className={css.cells}>
          {row.map((cell, place) => (
            <TextInput
              key={place}
              size="xs"
              aria-label={t("blocks.table.cell", { row: at + 1, column: place + 1 })}
              value={plainOf(cell)}
              onChange={(event) => write(at, place, event.currentTarget.value)}
            />
          ))}
          <ActionIcon
            aria-label={t("blocks.table.drop", { row: at + 1 })}
            onClick={() => put({ cells: cells.filter((_, index) => index !== at) })}
            title={cells.length < 2 ? t("blocks.table.least") : undefined}
            disabled={cells.length < 2}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </div>
      ))}
      <More act={() => put({ cells: [...cells, Array.from({ length: width }, () => [])] })}>
        {t("blocks.table.row")}
      </More>
      <More act={() => put({ cells: cells.map((row) => [...row, []]) })}>{t("blocks.table.column")}</More>
      {width > 1 && (
        <Button variant="subtle" size="compact-sm" onClick={() => put({ cells: cells.map((row) => row.slice(0, -1)) })}>
          {t("blocks.table.less")}
        </Button>
      )}
    </>
  );
}

function More({ act, children }: { act: () => void; children: string }) {
  return (
    <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={act}>
      {children}
    </Button>
  );
}

function Drop({ name, act }: { name: string; act: () => void }) {
  const t = useT();
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconTrash size={14} />}
      aria-label={t("blocks.drop.name", { name: name || "…" })}
      onClick={act}
    >
      {t("blocks.remove")}
    </Button>
  );
}
