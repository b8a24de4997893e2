import { Button, Select, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useApi, useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { FindField } from "@/ui/FindField";
import { Section } from "@/ui/Page";
import { QuietMenu } from "@/ui/PageHead";
import type { Campaign } from "../words";
import shared from "./playbook.module.css";
import type { Retrospective } from "./proposals";
import css from "./RetroActions.module.css";
import { useT } from "./useT";

type Action = Retrospective["actions"][number];

interface Props {
  campaign: Campaign;
  actions: Action[];
  closed: boolean;
  mayWrite: boolean;
  onChange: (asked: Promise<Retrospective>) => Promise<void>;
}

/** What is done next; each may become a task of a campaign. */
export function RetroActions({ campaign, actions, closed, mayWrite, onChange }: Props) {
  const t = useT();
  const { call } = useApi();
  const [name, setName] = useState("");
  const [owner, setOwner] = useState<string | null>(null);
  const [placing, setPlacing] = useState<Action>();
  const members = useGet("/members", {}, { slow: true, enabled: mayWrite });
  const path = { campaign_id: campaign.id };
  const of = (action: Action) => ({ ...path, action_id: action.id });
  return (
    <Section title={t("retro.step.actions")} note={t("retro.actions.note")}>
      <ul className={shared.actions}>
        {actions.map((action) => (
          <li key={action.id}>
            <span>
              {action.name} <small className={shared.muted}>{action.owner_name}</small>
            </span>
            <span>
              {action.task ? (
                <A to={`/campaigns/${action.task.campaign_id}?tab=timeline`}>
                  {t("action.isTask", { campaign: action.task.campaign_name })}
                </A>
              ) : (
                mayWrite && (
                  <Button size="xs" variant="default" onClick={() => setPlacing(action)}>
                    {t("action.toTask")}
                  </Button>
                )
              )}
              {mayWrite && !closed && (
                <QuietMenu
                  label={t("action.menu", { name: action.name })}
                  entries={[
                    {
                      label: t("action.remove"),
                      icon: IconTrash,
                      danger: true,
                      act: () =>
                        void onChange(
                          call("delete", "/campaigns/{campaign_id}/retrospective/actions/{action_id}", {
                            path: of(action),
                          }),
                        ),
                    },
                  ]}
                />
              )}
            </span>
          </li>
        ))}
      </ul>
      {mayWrite && !closed && (
        <form
          className={css.add}
          onSubmit={(event) => {
            event.preventDefault();
            if (!name.trim()) return;
            const body = { name, owner_id: owner };
            void onChange(call("post", "/campaigns/{campaign_id}/retrospective/actions", { path, body })).then(() =>
              setName(""),
            );
          }}
        >
          <TextInput
            aria-label={t("action.name")}
            placeholder={t("action.name")}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            aria-label={t("action.owner")}
            placeholder={t("action.owner")}
            searchable
            clearable
            data={(members.data ?? []).map((one) => ({ value: one.user_id, label: one.name }))}
            value={owner}
            onChange={setOwner}
          />
          <Button type="submit" variant="default">
            {t("action.add")}
          </Button>
        </form>
      )}
      {placing && (
        <Place
          onClose={() => setPlacing(undefined)}
          onPlace={async (into) => {
            const body = { campaign_id: into };
            await onChange(
              call("post", "/campaigns/{campaign_id}/retrospective/actions/{action_id}/task", {
                path: of(placing),
                body,
              }),
            );
            setPlacing(undefined);
          }}
        />
      )}
    </Section>
  );
}

function Place({ onClose, onPlace }: { onClose: () => void; onPlace: (campaign: string) => Promise<void> }) {
  const t = useT();
  const [into, setInto] = useState<string | null>(null);
  return (
    <Dialog opened onClose={onClose} title={t("action.toTask")}>
      <FindField among="/campaigns" label={t("action.into")} data-autofocus value={into} onPick={setInto} />
      <FormFoot>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Act disabled={!into} onClick={() => into && void onPlace(into)}>
          {t("action.make")}
        </Act>
      </FormFoot>
    </Dialog>
  );
}
