import { NumberInput, Select, TextInput } from "@mantine/core";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { PasswordField } from "@/ui/PasswordField";
import { Await } from "@/ui/states";
import css from "./channels.module.css";
import { useT } from "./useT";

type Settings = Pick<
  Shape<"EmailSettingsOut">,
  "provider" | "username" | "options" | "connections" | "has_password" | "has_events_key"
>;
const named = ["region", "configuration", "domain", "stream"] as const;

export interface Keys {
  password: string;
  events: string;
}

/** What a provider that takes mail by its API wants to know; which providers there are, the server says. */
export function ApiFields({
  form,
  saved,
  keys,
  may,
  onChange,
  onKeys,
}: {
  form: Settings;
  saved: Settings;
  keys: Keys;
  may: boolean;
  onChange: (part: Partial<Settings>) => void;
  onKeys: (part: Partial<Keys>) => void;
}) {
  const t = useT();
  const providers = useGet("/email/providers", {});
  return (
    <Await query={providers}>
      {(all) => {
        const chosen = all.find(({ name }) => name === form.provider);
        const stays = form.provider === saved.provider;
        const moved = form.username !== saved.username;
        const kept = stays && saved.has_password;
        return (
          <>
            <Select
              label={t("api.provider")}
              placeholder={t("api.provider.choose")}
              data={all.map(({ name, label }) => ({ value: name, label }))}
              value={chosen?.name ?? null}
              allowDeselect={false}
              disabled={!may}
              onChange={(name) => {
                const next = all.find((each) => each.name === name);
                if (!next) return;
                const options = Object.fromEntries(next.settings.map((each) => [each.name, each.default]));
                onKeys({ password: "", events: "" });
                onChange({ provider: next.name, options: next.name === saved.provider ? saved.options : options });
              }}
            />
            {chosen && (
              <>
                <div className={css.even}>
                  {chosen.keyed_by && (
                    <TextInput
                      label={t("api.keyId")}
                      autoComplete="off"
                      required
                      withAsterisk={false}
                      disabled={!may}
                      value={form.username}
                      onChange={(event) => onChange({ username: event.currentTarget.value })}
                    />
                  )}
                  <PasswordField
                    label={t(chosen.keyed_by ? "api.secret" : "api.key")}
                    autoComplete="new-password"
                    disabled={!may}
                    required={!kept || moved}
                    withAsterisk={false}
                    value={keys.password}
                    description={kept && !moved ? t("api.key.kept") : undefined}
                    onChange={(event) => onKeys({ password: event.currentTarget.value })}
                  />
                  {chosen.settings.map((setting) => {
                    const name = named.find((each) => each === setting.name);
                    if (!name) return null;
                    const label = t(`api.setting.${name}`);
                    const value = form.options[name] ?? "";
                    const set = (given: string) => onChange({ options: { ...form.options, [name]: given } });
                    return setting.choices.length ? (
                      <Select
                        key={name}
                        label={label}
                        searchable={setting.choices.length > 5}
                        allowDeselect={false}
                        required
                        withAsterisk={false}
                        disabled={!may}
                        data={[...setting.choices]}
                        value={value || null}
                        onChange={(given) => set(given ?? "")}
                      />
                    ) : (
                      <TextInput
                        key={name}
                        label={label}
                        description={setting.optional ? t("api.optional") : undefined}
                        required={!setting.optional}
                        withAsterisk={false}
                        disabled={!may}
                        value={value}
                        onChange={(event) => set(event.currentTarget.value)}
                      />
                    );
                  })}
                  <NumberInput
                    label={t("smtp.connections")}
                    description={t("smtp.connections.note")}
                    min={1}
                    max={100}
                    disabled={!may}
                    value={form.connections}
                    onChange={(value) => onChange({ connections: Number(value) || 1 })}
                  />
                </div>
                {chosen.authenticity === "key" && (
                  <PasswordField
                    label={t("api.eventsKey")}
                    description={t(stays && saved.has_events_key ? "api.eventsKey.kept" : "api.eventsKey.note", {
                      provider: chosen.label,
                    })}
                    autoComplete="new-password"
                    disabled={!may}
                    value={keys.events}
                    onChange={(event) => onKeys({ events: event.currentTarget.value })}
                  />
                )}
                <p className={css.muted}>{t("api.signs", { provider: chosen.label })}</p>
              </>
            )}
          </>
        );
      }}
    </Await>
  );
}
