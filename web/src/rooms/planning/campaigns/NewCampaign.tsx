import { Button, Select, TextInput } from "@mantine/core";
import { IconTemplate } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { A, useGo } from "@/lib/links";
import { Act } from "@/ui/Act";
import { DayField } from "@/ui/DateField";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import shared from "../planning.module.css";
import { useT } from "../useT";
import { type CampaignType, type Category, campaignTypes, categories, categoryIcons } from "../words";
import css from "./NewCampaign.module.css";

/** The few words a campaign begins with; everything else is added on its page. */
export function NewCampaign({ onClose }: { onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const members = useGet("/members", {});
  const [name, setName] = useState("");
  const [category, setCategory] = useState<Category>("monetisation");
  const [type, setType] = useState<CampaignType>("email");
  const [leader, setLeader] = useState<string | null>(null);
  const [starts, setStarts] = useState<string | null>(null);
  const [ends, setEnds] = useState<string | null>(null);
  const create = useSend("post", "/campaigns", {
    onSuccess: (campaign) => go(`/campaigns/${campaign.id}`),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ body: { name, category, type, leader_id: leader, starts_on: starts, ends_on: ends } });
  };
  return (
    <Dialog opened onClose={onClose} title={t("new.title")} size={560}>
      <form className={shared.form} onSubmit={submit}>
        <Button component={A} to="/playbook?tab=templates" variant="default" leftSection={<IconTemplate size={16} />}>
          {t("new.template")}
        </Button>
        <TextInput
          label={t("new.name")}
          placeholder={t("new.name.hint")}
          value={name}
          required
          maxLength={200}
          data-autofocus
          name="name"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <fieldset className={css.choices}>
          <legend>{t("new.category")}</legend>
          {categories.map((one) => {
            const Icon = categoryIcons[one];
            return (
              <label key={one}>
                <input
                  type="radio"
                  name="category"
                  value={one}
                  checked={category === one}
                  onChange={() => setCategory(one)}
                />
                <Icon size={18} stroke={1.7} />
                <span>
                  <strong>{t(`category.${one}`)}</strong>
                  <small>{t(`category.${one}.meaning`)}</small>
                </span>
              </label>
            );
          })}
        </fieldset>
        <Select
          label={t("campaign.type")}
          description={t("new.type.note")}
          allowDeselect={false}
          value={type}
          onChange={(value) => value && setType(value)}
          data={campaignTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
        />
        <div className={css.pair}>
          <DayField label={t("campaign.starts")} value={starts} onChange={setStarts} max={ends ?? undefined} />
          <DayField label={t("campaign.ends")} value={ends} onChange={setEnds} min={starts ?? undefined} />
        </div>
        <Select
          label={t("campaign.leader")}
          description={t("new.leader.note")}
          placeholder={t("new.leader.hint")}
          searchable
          clearable
          value={leader}
          onChange={setLeader}
          data={(members.data ?? []).map((one) => ({ value: one.user_id, label: one.name }))}
        />
        <FormError error={create.error} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act type="submit" loading={create.isPending} disabled={!name.trim()}>
            {t("new.action")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}
