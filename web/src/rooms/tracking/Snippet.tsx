import { Button, SegmentedControl } from "@mantine/core";
import { IconCheck, IconCopy, IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import type { View } from "./SourcePage";
import css from "./tracking.module.css";
import { useT } from "./useT";

const STUB =
  'window.gonfalon||(window.gonfalon=[],["track","page","identify","group","alias","reset","consent"].forEach(m=>gonfalon[m]=(...a)=>gonfalon.push([m,...a])))';

/** The two lines that make a page send, with the site's public key in them. */
export function Snippet({ view }: { view: View }) {
  const t = useT();
  const may = useMay("keys.manage");
  const [consent, setConsent] = useState("required");
  const make = useSend("post", "/sources/{source_id}/key");
  const attribute = consent === "given" ? ' data-consent="given"' : "";
  const lines = `<script>${STUB}</script>
<script async src="${view.collector}/sdk/gonfalon.js" data-key="${view.write_key}"${attribute}></script>`;
  return (
    <Section title={t("snippet.title")} note={t("snippet.note")} card>
      {view.write_key ? (
        <>
          <SegmentedControl
            aria-label={t("snippet.consent")}
            value={consent}
            onChange={setConsent}
            data={[
              { value: "required", label: t("snippet.required") },
              { value: "given", label: t("snippet.given") },
            ]}
          />
          <p className={css.muted}>{consent === "required" ? t("snippet.required.note") : t("snippet.given.note")}</p>
          <Code text={lines} />
          <p className={css.muted}>{t("snippet.more")}</p>
        </>
      ) : may ? (
        <div className={css.row}>
          <Button
            leftSection={<IconKey size={16} />}
            loading={make.isPending}
            onClick={() => make.mutate({ path: { source_id: view.id } })}
          >
            {t("snippet.make")}
          </Button>
        </div>
      ) : (
        <p className={css.muted}>{t("snippet.ask")}</p>
      )}
      <FormError error={make.error} />
    </Section>
  );
}

function Code({ text }: { text: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard?.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <div className={css.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys */}
      <section tabIndex={0} aria-label={t("snippet.code")}>
        <pre>{text}</pre>
      </section>
      <Button
        variant="default"
        size="xs"
        leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
        onClick={() => void copy()}
      >
        <span aria-live="polite">{copied ? t("snippet.copied") : t("snippet.copy")}</span>
      </Button>
    </div>
  );
}
