import { Switch } from "@mantine/core";
import { useEffect, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { FormFoot } from "@/ui/Dialog";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { NumberField } from "@/ui/numbers";
import { SaveState } from "@/ui/SaveState";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { Await, FormError } from "@/ui/states";
import css from "./ContactLimitsPage.module.css";
import shared from "./delivery.module.css";
import { useT } from "./useT";

/** How often one person may be written to. */
export default function ContactLimitsPage() {
  const t = useT();
  const limits = useGet("/contact-limits", {}, { keep: false });
  return (
    <SettingsFrame title={t("limits")} meaning={t("limits.meaning")}>
      <Await query={limits}>{(found) => <LimitForm saved={found.limit} />}</Await>
    </SettingsFrame>
  );
}

type Limit = Shape<"ContactLimits">["limit"];
const first = { messages: 3, days: 7 };

function LimitForm({ saved }: { saved: Limit }) {
  const t = useT();
  const may = useMay("workspace.manage");
  const [on, setOn] = useState(saved !== null);
  const [limit, setLimit] = useState<{ messages: number | null; days: number | null }>(saved ?? first);
  useEffect(() => {
    setOn(saved !== null);
    setLimit((shown) => saved ?? shown);
  }, [saved]);
  const save = useSend("put", "/contact-limits");
  const { messages, days } = limit;
  const whole = messages !== null && days !== null;
  const wanted: Limit = on && whole ? { messages, days } : null;
  const changed = JSON.stringify(wanted) !== JSON.stringify(saved && { messages: saved.messages, days: saved.days });
  const open = changed || (on && !whole);
  return (
    <form
      className={css.limit}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: { limit: wanted } });
      }}
    >
      <Switch
        label={t("limits.on")}
        description={t("limits.off")}
        checked={on}
        disabled={!may}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      {on && (
        <>
          <div className={css.pair}>
            <NumberField
              label={t("limits.messages")}
              value={messages}
              min={1}
              max={1000}
              disabled={!may}
              onChange={(value) => setLimit({ ...limit, messages: value })}
            />
            <NumberField
              label={t("limits.days")}
              value={days}
              min={1}
              max={365}
              disabled={!may}
              onChange={(value) => setLimit({ ...limit, days: value })}
            />
          </div>
          {whole && <p className={css.sentence}>{t("limits.sentence", { messages, days })}</p>}
        </>
      )}
      <p className={shared.muted}>{t("limits.how")}</p>
      <FormError error={save.error} />
      {may ? (
        <FormFoot>
          {open && !save.isPending && <LeaveGuard name={t("limits")} />}
          <SaveState state={save.isPending ? "saving" : save.isError ? "failed" : open ? "unsaved" : "saved"} />
          <Act why="unchanged" type="submit" disabled={!changed || (on && !whole)} loading={save.isPending}>
            {t("limits.save")}
          </Act>
        </FormFoot>
      ) : (
        <p className={shared.muted}>{t("limits.owners")}</p>
      )}
    </form>
  );
}
