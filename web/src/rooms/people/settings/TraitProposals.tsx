import { Button, Select, TagsInput, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useMay } from "@/lib/workspace";
import { FormDialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Tag } from "@/ui/StateBadge";
import { When } from "@/ui/values";
import { useT } from "../useT";
import { type AttributeType, attributeTypes } from "../values";

type Proposal = { key: string; name: string; fits: boolean; type: AttributeType; example: string; last_at: string };

/** What events told of people and no attribute holds: taken, or left out. Shows nothing where nothing waits. */
export function TraitProposals() {
  const t = useT();
  const may = useMay("people.write");
  const proposals = (useGet("/traits", {}).data ?? []) as Proposal[];
  const [taking, setTaking] = useState<Proposal>();
  const dismiss = useSend("delete", "/traits/{key}");
  if (!proposals.length) return null;
  return (
    <Section title={t("traits.title")} note={t("traits.note")}>
      <SettingsList label={t("traits.title")}>
        {proposals.map((one) => (
          <SettingsItem
            key={one.key}
            name={<code>{one.name}</code>}
            note={
              <>
                {one.fits
                  ? t("traits.example", { example: one.example })
                  : t("traits.unfit", { example: one.example, type: t(`type.${one.type}`) })}{" "}
                · <When at={one.last_at} />
              </>
            }
          >
            {one.fits && <Tag>{t(`type.${one.type}`)}</Tag>}
            {may && one.fits && (
              <Button size="xs" variant="default" onClick={() => setTaking(one)}>
                {t("traits.take")}
              </Button>
            )}
            {may && (
              <QuietMenu
                label={t("traits.menu", { name: one.name })}
                entries={[
                  {
                    label: one.fits ? t("traits.dismiss") : t("traits.hide"),
                    icon: IconX,
                    act: () => dismiss.mutate({ path: { key: one.key } }),
                  },
                ]}
              />
            )}
          </SettingsItem>
        ))}
      </SettingsList>
      {taking && <TakeDialog proposal={taking} onClose={() => setTaking(undefined)} />}
    </Section>
  );
}

function TakeDialog({ proposal, onClose }: { proposal: Proposal; onClose: () => void }) {
  const t = useT();
  const [label, setLabel] = useState(spaced(proposal.name));
  const [type, setType] = useState<AttributeType>(proposal.type);
  const [choices, setChoices] = useState<string[]>([]);
  const take = useSend("post", "/traits/{key}/attribute", {
    onSuccess: onClose,
  });
  return (
    <FormDialog
      title={t("traits.take.title", { name: proposal.name })}
      onClose={onClose}
      onSubmit={() =>
        take.mutate({ path: { key: proposal.key }, body: { label, type, choices: type === "choice" ? choices : [] } })
      }
      action={t("traits.take.action")}
      busy={take.isPending}
      error={take.error}
    >
      <TextInput
        label={t("attributes.label")}
        description={t("attributes.label.note")}
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Select
        label={t("attributes.type")}
        description={t("traits.take.note")}
        allowDeselect={false}
        value={type}
        data={attributeTypes.map((value) => ({ value, label: t(`type.${value}`) }))}
        onChange={(value) => value && setType(value as AttributeType)}
      />
      {type === "choice" && (
        <TagsInput
          label={t("attributes.choices")}
          description={t("attributes.choices.note")}
          value={choices}
          onChange={setChoices}
          acceptValueOnBlur
        />
      )}
    </FormDialog>
  );
}

/** A sender's name as people read it: "planName" becomes "Plan name". */
function spaced(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[._-]+/g, " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
