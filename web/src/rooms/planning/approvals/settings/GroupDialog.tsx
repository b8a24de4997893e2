import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMembers } from "@/rooms/teamwork/members";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { DayField } from "@/ui/DateField";
import { FormDialog } from "@/ui/Dialog";
import { RowsField } from "@/ui/RowsField";
import { Tag } from "@/ui/StateBadge";
import shared from "../approvals.module.css";
import { useT } from "../useT";
import css from "./GroupDialog.module.css";

type Group = Shape<"ApprovalGroup">;
type StandIn = Omit<Shape<"StandIn">, "name" | "group_id">;

/** Makes or changes a group: its members, and who stands in for whom and when. */
export function GroupDialog({ group, onClose }: { group?: Group; onClose: () => void }) {
  const t = useT();
  const everybody = useMembers();
  const [name, setName] = useState(group?.name ?? "");
  const [members, setMembers] = useState(group?.members.map(({ id }) => id) ?? []);
  const [standIns, setStandIns] = useState<StandIn[]>(group?.stand_ins ?? []);
  const closing = { onSuccess: onClose };
  const create = useSend("post", "/approval-groups", closing);
  const save = useSend("put", "/approval-groups/{group_id}", closing);
  const nameOf = (id: string) => {
    const here = everybody.find(({ user_id }) => user_id === id);
    const former = group?.members.find((one) => one.id === id);
    return here?.name ?? t("set.group.left", { name: former?.name ?? "" });
  };
  const drop = (id: string) => {
    setMembers(members.filter((one) => one !== id));
    setStandIns(standIns.filter(({ for_user_id }) => for_user_id !== id));
  };
  const whole = standIns.filter(({ user_id, for_user_id }) => user_id && for_user_id);
  const body = { name, members, stand_ins: whole };
  const submit = () =>
    group
      ? save.mutate({ path: { group_id: group.id }, body: { ...body, version: group.version } })
      : create.mutate({ body });
  return (
    <FormDialog
      title={t(group ? "set.group.edit" : "set.group.new")}
      onClose={onClose}
      onSubmit={submit}
      action={t("set.group.save")}
      busy={create.isPending || save.isPending}
      error={create.error ?? save.error}
    >
      <TextInput
        label={t("set.group.name")}
        required
        withAsterisk={false}
        data-autofocus={!group}
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <fieldset className={shared.fields}>
        <legend>{t("set.group.members")}</legend>
        {members.length > 0 && (
          <div className={css.members}>
            {members.map((id) => (
              <Tag key={id} onRemove={() => drop(id)} removeLabel={t("set.remove", { name: nameOf(id) })}>
                {nameOf(id)}
              </Tag>
            ))}
          </div>
        )}
        <PersonPicker
          label={t("set.group.members.add")}
          hidden
          placeholder={t("set.group.members.add")}
          value={null}
          onChange={(id) => id && !members.includes(id) && setMembers([...members, id])}
        />
      </fieldset>
      {members.length > 0 && (
        <fieldset className={shared.fields}>
          <legend>{t("set.stand")}</legend>
          <p className={shared.note}>{t("set.stand.note")}</p>
          <RowsField
            rows={standIns}
            onChange={setStandIns}
            blank={{ user_id: "", for_user_id: members[0] ?? "", starts_on: null, ends_on: null }}
            add={t("set.stand.add")}
            remove={() => t("set.remove", { name: t("set.stand.who") })}
            className={css.standRow}
          >
            {(one, put) => (
              <>
                <PersonPicker
                  label={t("set.stand.who")}
                  clearable={false}
                  value={one.user_id || null}
                  onChange={(id) => put({ user_id: id ?? "" })}
                />
                <PersonPicker
                  label={t("set.stand.for")}
                  clearable={false}
                  value={one.for_user_id || null}
                  onChange={(id) => put({ for_user_id: id ?? "" })}
                />
                <DayField
                  label={t("set.stand.from")}
                  value={one.starts_on ?? null}
                  onChange={(starts_on) => put({ starts_on })}
                />
                <DayField
                  label={t("set.stand.until")}
                  value={one.ends_on ?? null}
                  onChange={(ends_on) => put({ ends_on })}
                />
              </>
            )}
          </RowsField>
        </fieldset>
      )}
    </FormDialog>
  );
}
