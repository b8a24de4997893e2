import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useGo } from "@/lib/links";
import { wallToInstant } from "@/lib/zones";
import { Act } from "@/ui/Act";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { fromDay } from "./model";
import css from "./PlanHere.module.css";
import { useT } from "./useT";

interface Props {
  day: number;
  /** The campaign that is looked at, if it is one. */
  campaign?: string;
  onMade: () => void;
}

/** Plans a touchpoint on a day that was clicked: a draft at nine, in a campaign that is not over. */
export function PlanHere({ day, campaign, onMade }: Props) {
  const t = useT();
  const go = useGo();
  const { timezone } = useFormat();
  const campaigns = useGet("/campaigns", { query: { limit: 200 } }, { slow: true });
  const open = (campaigns.data?.items ?? []).filter(({ state }) => state === "planned" || state === "running");
  const on = fromDay(day);
  const around = open.find((one) => (one.starts_on ?? "9") <= on && on <= (one.ends_on ?? ""));
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState("");
  const id = chosen ?? campaign ?? around?.id ?? open[0]?.id ?? null;
  const make = useSend("post", "/campaigns/{campaign_id}/touchpoints", {
    once: true,
    onSuccess: (made) => {
      say(t("here.made", { name: made.name }), {
        action: { label: t("here.open"), act: () => go(`/touchpoints/${made.id}`) },
      });
      onMade();
    },
  });
  if (!open.length) return null;
  return (
    <form
      className={css.here}
      onSubmit={(event) => {
        event.preventDefault();
        if (!id) return;
        const send_at = wallToInstant(`${on} 09:00`, timezone);
        make.mutate({ path: { campaign_id: id }, body: { name: name.trim(), send_at, holdout_percent: 0, note: "" } });
      }}
    >
      <h3>{t("here")}</h3>
      <TextInput
        label={t("here.name")}
        placeholder={t("here.hint")}
        maxLength={200}
        required
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t("here.campaign")}
        allowDeselect={false}
        searchable
        value={id}
        data={open.map((one) => ({ value: one.id, label: one.name }))}
        onChange={setChosen}
      />
      <Act type="submit" loading={make.isPending} disabled={!name.trim() || !id}>
        {t("here.action")}
      </Act>
      <FormError error={make.error} />
    </form>
  );
}
