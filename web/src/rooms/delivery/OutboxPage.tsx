import { Button, TextInput } from "@mantine/core";
import { IconBan, IconHandStop, IconInbox, IconPlus, IconSettings, IconTrash } from "@tabler/icons-react";
import { type FormEvent, useMemo, useState } from "react";
import type { Reply } from "@/api/client";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { useListState, useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { EmailField } from "@/ui/EmailField";
import { Page } from "@/ui/Page";
import { PageHead, QuietMenu } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState, FormError } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { FilterBar } from "@/ui/table/FilterBar";
import { say, sayRefused } from "@/ui/tray";
import { When } from "@/ui/values";
import shared from "./delivery.module.css";
import css from "./OutboxPage.module.css";
import { Trouble } from "./ProblemWords";
import { Domains, Queue } from "./Queue";
import { useT } from "./useT";

type Suppression = Reply<"get", "/suppressions">["items"][number];

/** Where mail leaves from, and the addresses that never get any. */
export default function OutboxPage() {
  const t = useT();
  const may = useMay("people.write");
  const [state, change] = useListState();
  const [adding, setAdding] = useOpening("add");
  const list = useKeyset<Suppression>("/suppressions", { query: { search: state.q } });
  const columns = useColumns(may);
  return (
    <Page kind="list">
      <PageHead title={t("outbox")} meaning={t("outbox.meaning")} />
      <ProviderLine />
      <Queue />
      <Domains />
      <div className={css.listHead}>
        <h2>{t("suppressions")}</h2>
        <p>{t("suppressions.meaning")}</p>
        {may && (
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding("1")}>
            {t("suppress.open")}
          </Button>
        )}
      </div>
      <FilterBar
        lead={t("suppressions.lead")}
        search={t("suppressions.search")}
        filters={[]}
        state={state}
        onChange={change}
      />
      <DataTable
        id="suppressions"
        label={t("suppressions")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={({ address }) => address ?? t("suppression.erased")}
        count={(shown) => t("suppressions.count", { count: shown, more: list.more ? "yes" : "no" })}
        empty={
          <EmptyState picture={state.q ? "search" : "letter"}>
            {state.q ? t("suppressions.none") : t("suppressions.empty")}
          </EmptyState>
        }
      />
      {adding && <Add onClose={() => setAdding("")} />}
    </Page>
  );
}

/** Which way mail leaves now, and whether the provider takes it. */
function ProviderLine() {
  const t = useT();
  const format = useFormat();
  const settings = useGet("/email/settings", {});
  const state = useGet("/delivery", {}, { every: 5000 });
  if (!settings.data) return null;
  const sandbox = settings.data.provider === "sandbox";
  const blocked =
    state.data?.blocked_until && Date.parse(state.data.blocked_until) > Date.now() ? state.data : undefined;
  return (
    <section className={css.provider} aria-label={t("provider")}>
      <div>
        <h2>{sandbox ? t("provider.sandbox") : t("provider.smtp", { host: settings.data.host })}</h2>
        <p>{sandbox ? t("provider.sandbox.note") : t("provider.smtp.note")}</p>
      </div>
      {blocked ? (
        <StateBadge tone="bad">{t("provider.blocked", { at: format.time(blocked.blocked_until ?? "") })}</StateBadge>
      ) : (
        <StateBadge tone={sandbox ? "look" : "good"} icon={sandbox ? IconInbox : undefined}>
          {sandbox ? t("provider.inside") : t("provider.working")}
        </StateBadge>
      )}
      {state.data && state.data.waiting > 0 && (
        <span className={shared.muted}>
          {[
            t("provider.waiting", { count: state.data.waiting }),
            state.data.per_minute > 0 && t("now.rate", { rate: format.number(state.data.per_minute) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
      )}
      <span className={css.providerLinks}>
        {sandbox && (
          <Button component={A} to="/sandbox" variant="default" size="xs" leftSection={<IconInbox size={14} />}>
            {t("provider.toSandbox")}
          </Button>
        )}
        <Button
          component={A}
          to="/settings/contact-limits"
          variant="default"
          size="xs"
          leftSection={<IconHandStop size={14} />}
        >
          {t("limits")}
        </Button>
        <Button component={A} to="/settings/email" variant="default" size="xs" leftSection={<IconSettings size={14} />}>
          {t("provider.toSettings")}
        </Button>
      </span>
      {blocked && (
        <p className={css.blocked}>
          <Trouble code={blocked.blocked_code} said={blocked.blocked_reason} />
        </p>
      )}
    </section>
  );
}

function useColumns(may: boolean): Column<Suppression>[] {
  const t = useT();
  const remove = useSend("delete", "/suppressions/{suppression_id}");
  const { mutate } = remove;
  return useMemo(
    () => [
      {
        id: "address",
        title: t("suppression.address"),
        cell: (row) => row.address ?? <span className={shared.muted}>{t("suppression.erased")}</span>,
      },
      {
        id: "reason",
        title: t("suppression.reason"),
        width: 200,
        cell: (row) => (
          <StateBadge tone="quiet" icon={IconBan} plain>
            {t(`suppressed.${row.reason}`)}
          </StateBadge>
        ),
      },
      {
        id: "note",
        title: t("suppression.note"),
        hide: "tablet",
        cell: (row) => <span className={shared.muted}>{row.note}</span>,
      },
      {
        id: "when",
        title: t("suppression.when"),
        width: 160,
        hide: "phone",
        cell: (row) => <When at={row.created_at} />,
      },
      {
        id: "tools",
        title: "",
        width: 56,
        cell: (row) =>
          may && row.reason !== "erased" && row.reason !== "objection" ? (
            <QuietMenu
              label={t("suppression.tools", { address: row.address ?? "" })}
              entries={[
                {
                  label: t("unsuppress"),
                  icon: IconTrash,
                  act: () =>
                    mutate(
                      { path: { suppression_id: row.id } },
                      {
                        onSuccess: () => say(t("unsuppressed", { address: row.address ?? "" })),
                        onError: sayRefused,
                      },
                    ),
                },
              ]}
            />
          ) : null,
      },
    ],
    [t, may, mutate],
  );
}

function Add({ onClose }: { onClose: () => void }) {
  const t = useT();
  const [address, setAddress] = useState("");
  const [note, setNote] = useState("");
  const add = useSend("post", "/suppressions", { onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ body: { address, note } });
  };
  return (
    <Dialog opened onClose={onClose} title={t("suppress.title")}>
      <form className={css.form} onSubmit={submit}>
        <EmailField
          label={t("suppression.address")}
          name="address"
          value={address}
          required
          data-autofocus
          onChange={setAddress}
        />
        <TextInput
          label={t("suppression.note")}
          description={t("suppress.note")}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <FormError error={add.error} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("back")}
          </Button>
          <Act type="submit" loading={add.isPending} disabled={!address.trim()}>
            {t("suppress.action")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}
