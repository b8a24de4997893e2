import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useOpening } from "@/lib/url";
import { CopyField } from "@/ui/CopyField";
import { ConfirmDanger, Dialog, FormDialog } from "@/ui/Dialog";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Tag } from "@/ui/StateBadge";
import { Await, EmptyState } from "@/ui/states";
import { When } from "@/ui/values";
import { useT } from "../useT";
import css from "./settings.module.css";

type Key = Shape<"ApiKey">;
type Scope = Shape<"Scope">;
const scopes: Scope[] = ["track", "read", "write", "send", "manage"];

/** Keys for programs: what each may do, when it was last used. */
export default function KeysPage() {
  const t = useT();
  const keys = useGet("/api-keys", {});
  const [making, setMaking] = useOpening("make");
  const [ending, setEnding] = useState<Key>();
  const make = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("keys.make")}
    </Button>
  );
  return (
    <SettingsFrame title={t("keys.title")} meaning={t("keys.meaning")} action={keys.data?.length ? make : undefined}>
      <Await query={keys}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="key" action={make}>
              {t("keys.empty")}
            </EmptyState>
          ) : (
            <SettingsList label={t("keys.title")}>
              {found.map((key) => (
                <SettingsItem
                  key={key.id}
                  name={
                    <>
                      {key.name} <code>{key.prefix}…</code>
                    </>
                  }
                  note={
                    <>
                      {key.last_used_at
                        ? t.rich("keys.used", { when: <When at={key.last_used_at} /> })
                        : t("keys.unused")}
                      {key.created_by && ` · ${t("keys.by", { name: key.created_by.name })}`}
                    </>
                  }
                >
                  {key.scopes.map((scope) => (
                    <Tag key={scope}>{t(`scope.${scope}`)}</Tag>
                  ))}
                  <Button variant="default" size="xs" onClick={() => setEnding(key)}>
                    {t("keys.revoke")}
                  </Button>
                </SettingsItem>
              ))}
            </SettingsList>
          )
        }
      </Await>
      {making && <MakeDialog onClose={() => setMaking("")} />}
      {ending && <RevokeDialog found={ending} onClose={() => setEnding(undefined)} />}
    </SettingsFrame>
  );
}

function RevokeDialog({ found, onClose }: { found: Key; onClose: () => void }) {
  const t = useT();
  const revoke = useSend("delete", "/api-keys/{key_id}");
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t("keys.revoke.title", { name: found.name })}
      loses={[t("keys.revoke.loses")]}
      action={t("keys.revoke.action", { name: found.name })}
      onConfirm={() => revoke.mutateAsync({ path: { key_id: found.id } })}
    />
  );
}

function MakeDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string[]>(["track"]);
  const make = useSend("post", "/api-keys");
  if (make.data) {
    return (
      <Dialog
        opened
        onClose={onClose}
        title={t("keys.made", { name })}
        foot={<Button onClick={onClose}>{t("done")}</Button>}
      >
        <p className={css.lead}>{t("keys.once")}</p>
        <CopyField value={make.data.key} label={t("keys.key")} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t("keys.make")}
      onClose={onClose}
      onSubmit={() => make.mutate({ body: { name, scopes: chosen as Scope[] } })}
      action={t("keys.make.action")}
      busy={make.isPending}
      disabled={chosen.length === 0}
      error={make.error}
    >
      <TextInput
        label={t("keys.name")}
        description={t("keys.name.note")}
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={t("keys.scopes")} value={chosen} onChange={setChosen}>
        {scopes.map((scope) => (
          <Checkbox key={scope} value={scope} label={t(`scope.${scope}`)} description={t(`scope.${scope}.may`)} />
        ))}
      </Checkbox.Group>
    </FormDialog>
  );
}
