import { Button, Menu } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { useState } from "react";
import { useFields } from "./draft";
import css from "./editor.module.css";
import { PicturePicker } from "./PicturePicker";
import { useT } from "./useT";

const blocks = ["heading", "paragraph", "button", "image", "columns", "divider", "condition"] as const;
type Block = (typeof blocks)[number];

const section = (inner: string) => `<mj-section>\n  <mj-column>\n    ${inner}\n  </mj-column>\n</mj-section>\n`;
const inMjml: Record<Block, string> = {
  heading: section('<mj-text font-size="24px" font-weight="600">…</mj-text>'),
  paragraph: section("<mj-text>…</mj-text>"),
  button: section('<mj-button href="https://">…</mj-button>'),
  image: section('<mj-image src="https://" alt="" />'),
  columns:
    "<mj-section>\n  <mj-column>\n    <mj-text>…</mj-text>\n  </mj-column>\n  <mj-column>\n    <mj-text>…</mj-text>\n  </mj-column>\n</mj-section>\n",
  divider: section('<mj-divider border-width="1px" border-color="#e4e0d9" />'),
  condition: "{% if … %}\n\n{% endif %}\n",
};
const inHtml: Record<Block, string> = {
  heading: "<h2>…</h2>\n",
  paragraph: "<p>…</p>\n",
  button:
    '<p><a href="https://" style="display:inline-block;padding:12px 20px;background:#0b7a75;color:#fff">…</a></p>\n',
  image: '<p><img src="https://" alt="" style="max-width:100%"></p>\n',
  columns: '<table role="presentation" width="100%"><tr>\n  <td>…</td>\n  <td>…</td>\n</tr></table>\n',
  divider: "<hr>\n",
  condition: "{% if … %}\n\n{% endif %}\n",
};

interface Props {
  /** Whether the email is MJML; else plain HTML. */
  mjml: boolean;
  onInsert: (text: string) => void;
  onBlock: (text: string) => void;
}

/** What can be put in: a person's field with a word for those who have none, or a block. */
export function InsertMenus({ mjml, onInsert, onBlock }: Props) {
  const t = useT();
  const fields = useFields();
  const [picking, setPicking] = useState(false);
  const snippets = mjml ? inMjml : inHtml;
  return (
    <span className={css.menus}>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<IconBraces size={15} />}>
            {t("insert.field")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
          {fields.map(({ key, label }) => (
            <Menu.Item key={key} onClick={() => onInsert(`{{ person.${key} | default: "…" }}`)}>
              {label}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => onInsert("{{ person.email }}")}>{t("insert.email")}</Menu.Item>
          <Menu.Item onClick={() => onInsert("{{ unsubscribe_url }}")}>{t("insert.unsubscribe")}</Menu.Item>
          <Menu.Item onClick={() => onInsert("{{ preferences_url }}")}>{t("insert.preferences")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm">
            {t("insert.block")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {blocks.map((block) => (
            <Menu.Item key={block} onClick={() => (block === "image" ? setPicking(true) : onBlock(snippets[block]))}>
              {t(`block.${block}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {picking && (
        <PicturePicker
          onClose={() => setPicking(false)}
          onPick={(picture) => {
            setPicking(false);
            const block = snippets.image;
            if (!picture) return onBlock(block);
            // A picture's name is a file's: it says nothing to who hears the mail, so the words are left to be written.
            onBlock(block.replace("https://", () => picture.replaceAll('"', "%22")).replace('alt=""', 'alt="…"'));
          }}
        />
      )}
    </span>
  );
}
