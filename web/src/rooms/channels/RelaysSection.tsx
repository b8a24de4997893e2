import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { ConfirmDanger } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import css from "./channels.module.css";
import { RelayDialog } from "./RelayDialog";
import { useT } from "./useT";

export type Relay = Shape<"RelayOut">;

/** Further ways out beside the first: who shares the work, and who takes over when one fails. */
export function RelaysSection({ may }: { may: boolean }) {
  const t = useT();
  const relays = useGet("/email/relays", {});
  const [editing, setEditing] = useState<Relay | "new">();
  const [removing, setRemoving] = useState<Relay>();
  const remove = useSend("delete", "/email/relays/{relay_id}");
  const providers = useGet("/email/providers", {});
  return (
    <Section
      title={t("relays.title")}
      note={t("relays.note")}
      action={
        may ? (
          <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
            {t("relays.add")}
          </Button>
        ) : undefined
      }
    >
      <Await query={relays} lines={1}>
        {(found) =>
          found.length === 0 ? (
            <p className={css.muted}>{t("relays.none")}</p>
          ) : (
            <SettingsList label={t("relays.title")}>
              {found.map((relay) => (
                <Line
                  key={relay.id}
                  relay={relay}
                  label={providers.data?.find(({ name }) => name === relay.provider)?.label}
                >
                  {may && (
                    <>
                      <Button variant="default" size="xs" onClick={() => setEditing(relay)}>
                        {t("relays.change")}
                      </Button>
                      <Button variant="default" size="xs" onClick={() => setRemoving(relay)}>
                        {t("relays.remove")}
                      </Button>
                    </>
                  )}
                </Line>
              ))}
            </SettingsList>
          )
        }
      </Await>
      {editing && <RelayDialog relay={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />}
      <ConfirmDanger
        opened={!!removing}
        onClose={() => setRemoving(undefined)}
        title={t("relays.remove.title", { name: removing?.name ?? "" })}
        loses={[t("relays.remove.loses")]}
        action={t("relays.remove")}
        onConfirm={() => remove.mutateAsync({ path: { relay_id: removing?.id ?? "" } })}
      />
    </Section>
  );
}

function Line({ relay, label, children }: { relay: Relay; label?: string; children: React.ReactNode }) {
  const t = useT();
  const format = useFormat();
  const facts = [
    label ?? `${relay.host}:${relay.port}`,
    t("relays.share", { weight: relay.weight }),
    ...(relay.per_minute
      ? [t("relays.rate", { count: relay.per_minute, shown: format.number(relay.per_minute) })]
      : []),
    ...(relay.purpose === "everything" ? [] : [t(`relays.purpose.${relay.purpose}`)]),
  ];
  return (
    <SettingsItem name={relay.name} note={facts.join(" · ")}>
      {relay.paused && <StateBadge tone="quiet">{t("relays.paused")}</StateBadge>}
      {children}
    </SettingsItem>
  );
}
