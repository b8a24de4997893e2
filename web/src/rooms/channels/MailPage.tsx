import { SegmentedControl } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useParam } from "@/lib/url";
import { Facts, Page } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { Await } from "@/ui/states";
import { When } from "@/ui/values";
import css from "./channels.module.css";
import { useT } from "./useT";

type Mail = Shape<"SandboxMailFull">;
const faces = ["html", "text", "headers", "source"] as const;

/** One mail of the sandbox, as its receiver would see it and as it was sent. */
export default function MailPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const mail = useGet("/sandbox/mails/{mail_id}", { path: { mail_id: Number(id) } });
  return (
    <Page>
      <Await query={mail}>{(found) => <Opened mail={found} />}</Await>
    </Page>
  );
}

function Opened({ mail }: { mail: Mail }) {
  const t = useT();
  const format = useFormat();
  const [tab] = useParam("tab", "html");
  const from = mail.headers.find(({ name }) => name.toLowerCase() === "from")?.value ?? mail.mail_from;
  return (
    <>
      <PageHead
        title={mail.subject || t("mail.none")}
        crumbs={[{ label: t("sandbox.title"), to: "/sandbox" }]}
        meaning={
          <>
            <span>
              {from} → {mail.rcpt_to}
            </span>
            <When at={mail.received_at} />
            <span>{t("mail.size.kb", { size: format.number(mail.size / 1000, 1) })}</span>
          </>
        }
        tabs={faces.map((face) => ({ id: face, label: t(`mail.tab.${face}`) }))}
      />
      <TabPanel open={tab}>
        {tab === "html" && <Seen mail={mail} />}
        {tab === "text" && <pre className={css.source}>{mail.text}</pre>}
        {tab === "headers" && (
          <Facts
            items={mail.headers.map(({ name, value }) => [
              name,
              <code key={name} className={css.value}>
                {value}
              </code>,
            ])}
          />
        )}
        {tab === "source" && <pre className={css.source}>{mail.raw}</pre>}
      </TabPanel>
    </>
  );
}

const widths = { wide: 720, phone: 375 };

/** The HTML part in a frame that may run nothing; its links open in a new tab. */
function Seen({ mail }: { mail: Mail }) {
  const t = useT();
  const [width, setWidth] = useState<keyof typeof widths>("wide");
  if (!mail.html) {
    return (
      <>
        <p className={css.muted}>{t("mail.noHtml")}</p>
        <pre className={css.source}>{mail.text}</pre>
      </>
    );
  }
  return (
    <div className={css.seen}>
      <SegmentedControl
        aria-label={t("mail.width")}
        value={width}
        onChange={(value) => setWidth(value as keyof typeof widths)}
        data={(["wide", "phone"] as const).map((value) => ({ value, label: t(`mail.width.${value}`) }))}
      />
      <iframe
        className={css.mail}
        style={{ width: widths[width] }}
        title={t("mail.frame", { subject: mail.subject })}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={withNewTabs(mail.html)}
      />
    </div>
  );
}

/** Links of the mail must not open inside the frame. */
function withNewTabs(html: string): string {
  const base = '<base target="_blank">';
  return /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + base) : base + html;
}
