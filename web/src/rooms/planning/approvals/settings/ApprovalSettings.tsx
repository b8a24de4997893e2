import { Button, Switch } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { Await, EmptyState, FormError } from "@/ui/states";
import { useT } from "../useT";
import css from "./ApprovalSettings.module.css";
import { GroupDialog } from "./GroupDialog";
import { RuleDialog } from "./RuleDialog";
import { type Rule, useSentence } from "./sentence";
import { TryOut } from "./TryOut";

type Group = Shape<"ApprovalGroup">;

/** What needs whose yes: the rules in the order in which they are asked, the groups, and a place to try. */
export default function ApprovalSettings() {
  const t = useT();
  const may = useMay("approvals.manage");
  const rules = useGet("/approval-rules", {});
  const groups = useGet("/approval-groups", {});
  const [editing, setEditing] = useState<Rule | "new">();
  const [group, setGroup] = useState<Group | "new">();
  const suggest = useSend("post", "/approval-rules/suggested");
  const fresh = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
      {t("set.rule.new")}
    </Button>
  );
  return (
    <SettingsFrame title={t("settings.nav")} meaning={t("set.meaning")} action={may && fresh} wide>
      <Section title={t("set.rules")} note={t("set.rules.note")}>
        <Await query={rules}>
          {(found) =>
            found.length ? (
              <RuleList rules={found} may={may} onEdit={setEditing} />
            ) : (
              <EmptyState
                picture="plan"
                action={
                  may && (
                    <Button variant="default" loading={suggest.isPending} onClick={() => suggest.mutate({})}>
                      {t("set.suggest")}
                    </Button>
                  )
                }
              >
                {t("set.rules.empty")}
              </EmptyState>
            )
          }
        </Await>
      </Section>
      <Section
        title={t("set.groups")}
        note={t("set.groups.note")}
        action={
          may && (
            <Button variant="default" size="xs" onClick={() => setGroup("new")}>
              {t("set.group.new")}
            </Button>
          )
        }
      >
        <Await query={groups}>
          {(found) => (
            <SettingsList label={t("set.groups")}>
              {found.map((one) => (
                <GroupItem key={one.id} group={one} may={may} onEdit={() => setGroup(one)} />
              ))}
            </SettingsList>
          )}
        </Await>
      </Section>
      <TryOut />
      {editing && (
        <RuleDialog
          rule={editing === "new" ? undefined : editing}
          groups={groups.data ?? []}
          onClose={() => setEditing(undefined)}
        />
      )}
      {group && <GroupDialog group={group === "new" ? undefined : group} onClose={() => setGroup(undefined)} />}
    </SettingsFrame>
  );
}

function RuleList({ rules, may, onEdit }: { rules: Rule[]; may: boolean; onEdit: (rule: Rule) => void }) {
  const t = useT();
  const sentence = useSentence();
  const [ending, setEnding] = useState<Rule>();
  const save = useSend("put", "/approval-rules/{rule_id}");
  const order = useSend("put", "/approval-rules");
  const remove = useSend("delete", "/approval-rules/{rule_id}");
  const move = (from: number, to: number) => {
    const ids = rules.map(({ id }) => id);
    ids.splice(to, 0, ...ids.splice(from, 1));
    order.mutate({ body: { ids } });
  };
  return (
    <>
      <FormError error={save.error ?? order.error} />
      <ol className={css.rules}>
        {rules.map((rule, index) => (
          <li key={rule.id} data-off={!rule.enabled || undefined}>
            <p>{sentence(rule)}</p>
            <Switch
              aria-label={`${t("set.rule.on")}: ${sentence(rule)}`}
              disabled={!may}
              checked={rule.enabled}
              onChange={({ currentTarget }) =>
                save.mutate({
                  path: { rule_id: rule.id },
                  body: { ...rule, categories: rule.categories as [], enabled: currentTarget.checked },
                })
              }
            />
            {may && (
              <QuietMenu
                label={t("set.rule.menu")}
                entries={[
                  { label: t("set.rule.edit"), icon: IconPencil, act: () => onEdit(rule) },
                  ...(index > 0
                    ? [{ label: t("set.rule.up"), icon: IconArrowUp, act: () => move(index, index - 1) }]
                    : []),
                  ...(index < rules.length - 1
                    ? [{ label: t("set.rule.down"), icon: IconArrowDown, act: () => move(index, index + 1) }]
                    : []),
                  { label: t("set.rule.delete"), icon: IconTrash, danger: true, act: () => setEnding(rule) },
                ]}
              />
            )}
          </li>
        ))}
      </ol>
      {ending && (
        <ConfirmDanger
          opened
          onClose={() => setEnding(undefined)}
          title={sentence(ending)}
          loses={[t("set.rule.delete.loses")]}
          action={t("set.rule.delete")}
          onConfirm={() => remove.mutateAsync({ path: { rule_id: ending.id } })}
        />
      )}
    </>
  );
}

function GroupItem({ group, may, onEdit }: { group: Group; may: boolean; onEdit: () => void }) {
  const t = useT();
  const format = useFormat();
  const [ending, setEnding] = useState(false);
  const remove = useSend("delete", "/approval-groups/{group_id}");
  const names = group.members.map(({ name, present }) => (present ? name : t("set.group.left", { name })));
  return (
    <SettingsItem
      name={group.name}
      note={
        names.length
          ? `${format.list(names)}${group.stand_ins.length ? ` · ${t("set.group.stand", { count: group.stand_ins.length })}` : ""}`
          : t("set.group.empty")
      }
    >
      {may && (
        <>
          <Button variant="default" size="xs" onClick={onEdit}>
            {t("set.group.edit")}
          </Button>
          <QuietMenu
            label={group.name}
            entries={[
              {
                label: t("set.group.delete", { name: group.name }),
                icon: IconTrash,
                danger: true,
                act: () => setEnding(true),
              },
            ]}
          />
        </>
      )}
      <ConfirmDanger
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("set.group.delete", { name: group.name })}
        loses={[t("set.group.delete.loses")]}
        action={t("set.group.delete", { name: group.name })}
        onConfirm={() => remove.mutateAsync({ path: { group_id: group.id } })}
      />
    </SettingsItem>
  );
}
