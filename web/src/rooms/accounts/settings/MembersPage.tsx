import { Button } from "@mantine/core";
import { IconTrash, IconUserPlus } from "@tabler/icons-react";
import { useState } from "react";
import type { Reply } from "@/api/client";
import { useGet, useSend } from "@/api/hooks";
import { useMe } from "@/lib/session";
import { useOpening } from "@/lib/url";
import { useMay, useWorkspaceSettings } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { CopyField } from "@/ui/CopyField";
import { ConfirmDanger, Dialog, FormDialog } from "@/ui/Dialog";
import { EmailField } from "@/ui/EmailField";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { Face, When } from "@/ui/values";
import { type Role, RoleField, RoleText, roles, useRoleName } from "../roles";
import { useT } from "../useT";
import css from "./settings.module.css";

const INVITED_EVERY = 5000;

type Member = Reply<"get", "/members">[number];

/** Who works here, as what; who has been invited. */
export default function MembersPage() {
  const t = useT();
  const may = useMay("members.manage");
  const members = useGet("/members", {});
  const [invite, setInvite] = useOpening("invite");
  const [leaving, setLeaving] = useState<Member>();
  const keys = useGet("/api-keys", {}, { enabled: may });
  const keysOf = (member: Member) =>
    (keys.data ?? []).filter((key) => key.created_by?.id === member.user_id).map((key) => key.name);
  return (
    <SettingsFrame
      title={t("members.title")}
      meaning={t("members.meaning")}
      action={
        may && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={() => setInvite("1")}>
            {t("members.invite")}
          </Button>
        )
      }
    >
      <Await query={members}>
        {(found) => (
          <SettingsList label={t("members.title")}>
            {found.map((member) => (
              <MemberRow
                key={member.user_id}
                member={member}
                keys={keysOf(member)}
                onRemove={() => setLeaving(member)}
              />
            ))}
          </SettingsList>
        )}
      </Await>
      {may && <Invitations />}
      <Section title={t("members.roles")} note={t("members.roles.note")}>
        <RoleTable />
      </Section>
      {invite && <InviteDialog onClose={() => setInvite("")} />}
      {leaving && <RemoveDialog member={leaving} keys={keysOf(leaving)} onClose={() => setLeaving(undefined)} />}
    </SettingsFrame>
  );
}

function MemberRow({ member, keys, onRemove }: { member: Member; keys: string[]; onRemove: () => void }) {
  const t = useT();
  const me = useMe();
  const may = useMay("members.manage");
  const roleName = useRoleName();
  const change = useSend("put", "/members/{user_id}", {
    onSuccess: () => say(t("members.changed", { name: member.name })),
  });
  const [lowered, setLowered] = useState<Role>();
  const give = (role: Role) => change.mutateAsync({ path: { user_id: member.user_id }, body: { role } });
  return (
    <SettingsItem
      face={<Face name={member.name} size={32} />}
      name={
        <>
          {member.name} {member.user_id === me.id && <span className={css.muted}>{t("members.you")}</span>}
        </>
      }
      note={member.email || undefined}
    >
      <FormError error={change.error} />
      {may ? (
        <RoleField
          value={member.role}
          name={member.name}
          onChange={(role) =>
            keys.length && role !== "owner"
              ? setLowered(role)
              : change.mutate({ path: { user_id: member.user_id }, body: { role } })
          }
        />
      ) : (
        roleName(member.role)
      )}
      {may && (
        <QuietMenu
          label={t("members.menu", { name: member.name })}
          entries={[{ label: t("members.remove"), icon: IconTrash, danger: true, act: onRemove }]}
        />
      )}
      {lowered && (
        <ConfirmDanger
          opened
          onClose={() => setLowered(undefined)}
          title={t("members.lower.title", { name: member.name, role: roleName(lowered) })}
          loses={keys.map((key) => t("members.loses.key", { key }))}
          keeps={[t("members.remove.keeps")]}
          action={t("members.lower.action")}
          onConfirm={() => give(lowered)}
        />
      )}
    </SettingsItem>
  );
}

function RemoveDialog({ member, keys, onClose }: { member: Member; keys: string[]; onClose: () => void }) {
  const t = useT();
  const { name } = useWorkspaceSettings();
  const remove = useSend("delete", "/members/{user_id}");
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t("members.remove.title", { name: member.name })}
      loses={[
        t("members.remove.loses", { name: member.name, workspace: name }),
        ...keys.map((key) => t("members.loses.key", { key })),
        t("members.loses.open"),
      ]}
      keeps={[t("members.remove.keeps")]}
      action={t("members.remove.action", { name: member.name })}
      onConfirm={() => remove.mutateAsync({ path: { user_id: member.user_id } })}
    />
  );
}

/** Whether the workspace's mail stays on the machine. */
const useSandbox = () => useGet("/email/settings", {}).data?.provider === "sandbox";

function Invitations() {
  const t = useT();
  const roleName = useRoleName();
  // A mail on its way is looked at again until it has arrived somewhere.
  const invitations = useGet("/invitations", {}, { every: INVITED_EVERY });
  const sandbox = useSandbox();
  const revoke = useSend("delete", "/invitations/{invitation_id}");
  const again = useSend("post", "/invitations/{invitation_id}/mail");
  if (!invitations.data?.length) return null;
  return (
    <Section title={t("invitations.title")} note={t("invitations.note")}>
      <SettingsList label={t("invitations.title")}>
        {invitations.data.map((one) => (
          <SettingsItem
            key={one.id}
            name={one.email}
            note={
              <>
                {t.rich(Date.parse(one.expires_at) < Date.now() ? "invitations.ended" : "invitations.until", {
                  role: roleName(one.role),
                  until: <When at={one.expires_at} absolute />,
                })}
                {one.mail_state !== "none" && (
                  <>
                    {" · "}
                    {one.mail_state === "sent" && sandbox
                      ? t("invitations.mail.sandbox")
                      : t(`invitations.mail.${one.mail_state}`, { detail: one.mail_detail })}
                  </>
                )}
              </>
            }
          >
            <Act
              why={{ sentence: t("invitations.mailing") }}
              variant="default"
              size="xs"
              disabled={again.isPending || one.mail_state === "waiting"}
              onClick={() => again.mutate({ path: { invitation_id: one.id } })}
            >
              {t("invitations.again")}
            </Act>
            <Button variant="default" size="xs" onClick={() => revoke.mutate({ path: { invitation_id: one.id } })}>
              {t("invitations.revoke")}
            </Button>
          </SettingsItem>
        ))}
      </SettingsList>
      <FormError error={revoke.error ?? again.error} />
    </Section>
  );
}

function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("creator");
  const sandbox = useSandbox();
  const invite = useSend("post", "/invitations");
  if (invite.data) {
    return (
      <Dialog
        opened
        onClose={onClose}
        title={t("invite.made", { email })}
        foot={<Button onClick={onClose}>{t("done")}</Button>}
      >
        <p className={css.lead}>{sandbox ? t("invite.link.sandbox") : t("invite.link", { email })}</p>
        <CopyField value={invite.data.link} label={t("invite.linkLabel")} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t("members.invite")}
      onClose={onClose}
      onSubmit={() => invite.mutate({ body: { email, role } })}
      action={t("invite.action")}
      busy={invite.isPending}
      error={invite.error}
    >
      <EmailField label={t("field.email")} required data-autofocus value={email} onChange={setEmail} />
      <RoleField label={t("field.role")} value={role} onChange={setRole} />
      <p className={css.muted}>
        <RoleText role={role} />
      </p>
    </FormDialog>
  );
}

function RoleTable() {
  const roleName = useRoleName();
  return (
    <dl className={css.roles}>
      {roles.map((role) => (
        <div key={role}>
          <dt>{roleName(role)}</dt>
          <dd>
            <RoleText role={role} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
