import { Button } from "@mantine/core";
import { IconRepeat } from "@tabler/icons-react";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { Dialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import css from "./delivery.module.css";
import type { Progress } from "./states";
import { useT } from "./useT";

/** Messages whose fate nobody knows: what is known, and sending them again. */
export function InDoubt({ progress }: { progress: Progress }) {
  const t = useT();
  const format = useFormat();
  const may = useMay("campaigns.launch");
  const [asking, setAsking] = useState(false);
  const again = useSend("post", "/touchpoints/{touchpoint_id}/unknown/send");
  const count = { count: progress.unknown, shown: format.number(progress.unknown) };
  const known = progress.reasons.filter(({ state }) => state === "unknown");
  const about = known.map(({ reason, count }) => t("doubt.reason", { reason, count, shown: format.number(count) }));
  return (
    <Section title={t("doubt", count)}>
      <ul className={css.doubt}>
        {about.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {may && progress.state !== "cancelled" && progress.state !== "held" && (
        <Button
          variant="default"
          className={css.begin}
          leftSection={<IconRepeat size={16} />}
          onClick={() => setAsking(true)}
        >
          {t("doubt.again", count)}
        </Button>
      )}
      {asking && (
        <Dialog
          opened
          onClose={() => setAsking(false)}
          title={t("doubt.title", count)}
          foot={
            <>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t("back")}
              </Button>
              <Button
                data-autofocus
                leftSection={<IconRepeat size={16} />}
                loading={again.isPending}
                onClick={() =>
                  again.mutate(
                    { path: { touchpoint_id: progress.touchpoint_id } },
                    { onSuccess: () => setAsking(false) },
                  )
                }
              >
                {t("doubt.again", count)}
              </Button>
            </>
          }
        >
          <p>{t("doubt.twice", count)}</p>
          <p>{t("doubt.checked")}</p>
          <FormError error={again.error} />
        </Dialog>
      )}
    </Section>
  );
}
