import { ActionIcon, SegmentedControl } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconDeviceDesktop, IconDeviceMobile, IconInbox, IconMoon, IconPhotoOff, IconSun } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { makeStoredStore } from "@/api/store";
import shared from "./editor.module.css";
import { Inboxes } from "./Inboxes";
import css from "./PreviewFrame.module.css";
import { useT } from "./useT";

/** How wide mails are shown, in points: most are made for 600 to 640, and turn into their phone's layout below 480. */
const DESKTOP = 640;
const PHONE = 375;

const phone = makeStoredStore("gonfalon.preview.phone", false);
const dark = makeStoredStore("gonfalon.preview.dark", false);
const bare = makeStoredStore("gonfalon.preview.bare", false);
const inboxes = makeStoredStore("gonfalon.preview.inboxes", false);

interface Props {
  html: string;
  subject: string;
  preheader: string;
  /** Who it is shown as. */
  children: ReactNode;
  stale?: boolean;
}

/** A mail as its receiver sees it, on a desktop or a phone, in light or dark; the frame may run nothing. */
export function PreviewFrame({ html, subject, preheader, children, stale }: Props) {
  const t = useT();
  const isPhone = phone.use();
  const isDark = dark.use();
  const isBare = bare.use();
  const inInboxes = inboxes.use();
  const shown = isBare ? withoutPictures(html) : html;
  const stage = useElementSize();
  const width = isPhone ? PHONE : Math.max(DESKTOP, stage.width);
  const scale = stage.width ? Math.min(1, stage.width / width) : 1;
  return (
    <div className={css.preview}>
      <div className={css.previewTools}>
        {children}
        <span className={shared.toggles}>
          <ActionIcon
            size={30}
            variant={inInboxes ? "light" : "subtle"}
            aria-pressed={inInboxes}
            aria-label={t("preview.inboxes")}
            title={t("preview.inboxes")}
            onClick={() => inboxes.set(!inInboxes)}
          >
            <IconInbox size={17} />
          </ActionIcon>
          <ActionIcon
            size={30}
            variant={isBare ? "light" : "subtle"}
            aria-pressed={isBare}
            aria-label={t("preview.bare")}
            title={t("preview.bare")}
            onClick={() => bare.set(!isBare)}
          >
            <IconPhotoOff size={17} />
          </ActionIcon>
          <SegmentedControl
            size="xs"
            aria-label={t("preview.device")}
            value={isPhone ? "phone" : "desktop"}
            onChange={(value) => phone.set(value === "phone")}
            data={[
              {
                value: "desktop",
                label: <Choice icon={<IconDeviceDesktop size={16} />} words={t("preview.desktop")} />,
              },
              { value: "phone", label: <Choice icon={<IconDeviceMobile size={16} />} words={t("preview.phone")} /> },
            ]}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("preview.scheme")}
            value={isDark ? "dark" : "light"}
            onChange={(value) => dark.set(value === "dark")}
            data={[
              { value: "light", label: <Choice icon={<IconSun size={16} />} words={t("preview.light")} /> },
              { value: "dark", label: <Choice icon={<IconMoon size={16} />} words={t("preview.dark")} /> },
            ]}
          />
        </span>
      </div>
      {inInboxes ? (
        <Inboxes subject={subject || t("subject.none")} preheader={preheader} html={html} />
      ) : (
        <div className={css.inbox} data-stale={stale || undefined}>
          <strong>{subject || t("subject.none")}</strong>
          {preheader && <span>{preheader}</span>}
        </div>
      )}
      <div className={css.stage} ref={stage.ref}>
        <iframe
          className={css.frame}
          data-phone={isPhone || undefined}
          data-stale={stale || undefined}
          style={{
            colorScheme: isDark ? "dark" : "light",
            width,
            height: stage.height ? stage.height / scale : "100%",
            transform: scale < 1 ? `scale(${scale})` : undefined,
          }}
          title={t("preview.frame", { subject })}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          srcDoc={inScheme(shown, isDark)}
        />
      </div>
    </div>
  );
}

/**
 * The mail as if the reader's machine were light or dark: its own questions about that are answered here, because a frame
 * always takes the answer of the whole browser.
 */
export function inScheme(html: string, dark: boolean): string {
  const [yes, no] = ["(min-width: 0px)", "(max-width: 0px)"];
  return html
    .replace(/\(\s*prefers-color-scheme\s*:\s*dark\s*\)/gi, dark ? yes : no)
    .replace(/\(\s*prefers-color-scheme\s*:\s*light\s*\)/gi, dark ? no : yes);
}

/** The mail as those see it whose program loads no pictures: their words stand in their places. */
export function withoutPictures(html: string): string {
  return html
    .replace(/(<img\b[^>]*?\ssrc=)("[^"]*"|'[^']*'|[^\s>]+)/gi, '$1"data:,"')
    .replace(/url\((?!["']?data:)[^)]*\)/gi, "none")
    .replace(/(\sbackground=)("[^"]*"|'[^']*')/gi, '$1""');
}

function Choice({ icon, words }: { icon: ReactNode; words: string }) {
  return (
    <span className={css.choice} title={words}>
      {icon}
      <span className={css.hidden}>{words}</span>
    </span>
  );
}
