import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconDeviceDesktop } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { request } from "@/api/client";
import type { ApiError } from "@/api/errors";
import type { Shape } from "@/api/schema";
import { deviceOf } from "@/lib/device";
import { useSaveProfile } from "@/lib/profile";
import { useMe } from "@/lib/session";
import { Act } from "@/ui/Act";
import { FormFoot } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { SaveState } from "@/ui/SaveState";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Tag } from "@/ui/StateBadge";
import { Await, FormError } from "@/ui/states";
import { When } from "@/ui/values";
import { LanguageField } from "../fields";
import { PasswordField } from "../PasswordField";
import { useT } from "../useT";
import { LogList } from "./LogList";
import css from "./settings.module.css";

/** The signed-in person: name, language, appearance, password, sessions. */
export default function ProfilePage() {
  const t = useT();
  const me = useMe();
  return (
    <SettingsFrame title={t("profile.title")} meaning={me.email}>
      <ProfileForm />
      <Section title={t("password.title")} note={t("password.note")}>
        <PasswordForm email={me.email} />
      </Section>
      <Section title={t("sessions.title")} note={t("sessions.note")}>
        <Sessions />
      </Section>
      <Section title={t("log.mine")} note={t("log.mine.note")}>
        <MyLog />
      </Section>
    </SettingsFrame>
  );
}

function ProfileForm() {
  const t = useT();
  const me = useMe();
  const save = useSaveProfile();
  const [name, setName] = useState(me.name);
  const send = (part: Partial<Parameters<typeof save.mutate>[0]>) =>
    save.mutate({ name: me.name, language: me.language, theme: me.theme, ...part });
  return (
    <form
      className={`${css.form} ${css.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        send({ name });
      }}
    >
      <TextInput
        label={t("field.name")}
        required
        withAsterisk={false}
        maxLength={120}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <LanguageField label={t("profile.language")} value={me.language} onChange={(language) => send({ language })} />
      <div>
        <p className="mantine-InputWrapper-label">{t("profile.theme")}</p>
        <SegmentedControl
          aria-label={t("profile.theme")}
          value={me.theme}
          onChange={(theme) => send({ theme: theme as typeof me.theme })}
          data={(["auto", "light", "dark"] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </div>
      <FormError error={save.error} />
      <FormFoot>
        <SaveState
          state={save.isPending ? "saving" : save.isError ? "failed" : name === me.name ? "saved" : "unsaved"}
        />
        <Act why="unchanged" type="submit" disabled={name === me.name || !name.trim()} loading={save.isPending}>
          {t("save")}
        </Act>
      </FormFoot>
    </form>
  );
}

function PasswordForm({ email }: { email: string }) {
  const t = useT();
  const [present, setPresent] = useState("");
  const [next, setNext] = useState("");
  const change = useMutation<unknown, ApiError>({
    mutationFn: () => request("post", "/api/v1/me/password", { body: { present, new: next } }),
    onSuccess: () => location.assign(`/sign-in?back=${encodeURIComponent(location.pathname)}`),
  });
  return (
    <form
      className={`${css.form} ${css.narrow}`}
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate();
      }}
    >
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        label={t("password.present")}
        name="present"
        data-missing={t("field.missing.present")}
        value={present}
        onChange={setPresent}
      />
      <PasswordField fresh label={t("password.new")} value={next} onChange={setNext} />
      <FormError error={change.error} />
      <FormFoot>
        <Button type="submit" variant="default" loading={change.isPending}>
          {t("password.action")}
        </Button>
      </FormFoot>
    </form>
  );
}

/** What happened at one's own door, the newest first. */
function MyLog() {
  const t = useT();
  const log = useQuery<Shape<"Page_LogLine_">, ApiError>({
    queryKey: ["account log"],
    queryFn: () => request("get", "/api/v1/me/account-log", { query: { limit: 20 } }),
  });
  return <Await query={log}>{({ items }) => <LogList lines={items} label={t("log.mine")} />}</Await>;
}

function Sessions() {
  const t = useT();
  const client = useQueryClient();
  const sessions = useQuery<Shape<"SessionOut">[], ApiError>({
    queryKey: ["sessions"],
    queryFn: () => request("get", "/api/v1/me/sessions"),
  });
  const end = useMutation<unknown, ApiError, string>({
    mutationFn: (session_id) => request("delete", "/api/v1/me/sessions/{session_id}", { path: { session_id } }),
    onSuccess: (_, ended) =>
      client.setQueryData<Shape<"SessionOut">[]>(["sessions"], (now) => now?.filter(({ id }) => id !== ended)),
  });
  return (
    <Await query={sessions}>
      {(found) => (
        <SettingsList label={t("sessions.title")}>
          {found.map((one) => {
            const { browser, system } = deviceOf(one.user_agent);
            return (
              <SettingsItem
                key={one.id}
                name={
                  <>
                    <IconDeviceDesktop
                      size={16}
                      stroke={1.6}
                      style={{ verticalAlign: "-3px", marginRight: 8, color: "var(--g-muted)" }}
                    />
                    {browser && system ? t("sessions.device", { browser, system }) : t("sessions.unknown")}{" "}
                    {one.current && <Tag>{t("sessions.this")}</Tag>}
                  </>
                }
                note={t.rich("sessions.seen", { when: <When at={one.last_seen_at} />, place: one.ip || "–" })}
              >
                {!one.current && (
                  <Button variant="default" size="xs" onClick={() => end.mutate(one.id)}>
                    {t("sessions.end")}
                  </Button>
                )}
              </SettingsItem>
            );
          })}
        </SettingsList>
      )}
    </Await>
  );
}
