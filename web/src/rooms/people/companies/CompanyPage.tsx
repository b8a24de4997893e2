import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPencil, IconTrash, IconX } from "@tabler/icons-react";
import { useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { ConfirmDanger, FormDialog } from "@/ui/Dialog";
import { Page, Section, ThingLayout } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, EmptyState, FormError } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { say } from "@/ui/tray";
import { When } from "@/ui/values";
import { EditableFact } from "../person/EditableFact";
import css from "../person/person.module.css";
import { useT } from "../useT";
import { personName } from "../values";
import type { Company } from "./CompaniesPage";

type Person = Shape<"PersonOut">;

/** One company: who belongs to it, and what is known of it. */
export default function CompanyPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const company = useGet("/companies/{company_id}", { path: { company_id: Number(id) } }, { keep: false });
  return <Await query={company}>{(found) => <Loaded company={found} />}</Await>;
}

function Loaded({ company }: { company: Company }) {
  const t = useT();
  const go = useGo();
  const may = useMay("people.write");
  const [asking, setAsking] = useState<"rename" | "delete">();
  const remove = useSend("delete", "/companies/{company_id}");
  const path = { company_id: company.id };
  return (
    <Page>
      <PageHead
        title={company.name}
        crumbs={[{ label: t("companies.title"), to: "/companies" }]}
        meaning={t("company.people.count", { count: company.people })}
        menu={
          may
            ? [
                { label: t("company.rename"), icon: IconPencil, act: () => setAsking("rename") },
                { label: t("company.delete"), icon: IconTrash, danger: true, act: () => setAsking("delete") },
              ]
            : undefined
        }
      />
      <ThingLayout factsTitle={t("person.facts")} facts={<Facts company={company} may={may} />}>
        <People company={company} may={may} />
      </ThingLayout>
      {asking === "rename" && <Rename company={company} onClose={() => setAsking(undefined)} />}
      {asking === "delete" && (
        <ConfirmDanger
          opened
          onClose={() => setAsking(undefined)}
          title={t("company.delete.title", { name: company.name })}
          loses={[t("company.delete.loses", { count: company.people })]}
          keeps={[t("company.delete.keeps")]}
          action={t("company.delete")}
          onConfirm={async () => {
            await remove.mutateAsync({ path });
            say(t("company.removed"));
            go("/companies");
          }}
        />
      )}
    </Page>
  );
}

function People({ company, may }: { company: Company; may: boolean }) {
  const t = useT();
  const path = { company_id: company.id };
  const list = useKeyset<Person>("/companies/{company_id}/people", { path });
  const takeOut = useSend("delete", "/companies/{company_id}/people/{person_id}");
  const columns = useMemo<Column<Person>[]>(
    () => [
      { id: "name", title: t("company.name"), cell: (one) => <A to={`/people/${one.id}`}>{personName(one)}</A> },
      { id: "email", title: t("target.email"), hide: "phone", cell: ({ email }) => email ?? "" },
      ...(may
        ? [
            {
              id: "out",
              title: "",
              width: 72,
              align: "end" as const,
              cell: (one: Person) => (
                <ActionIcon
                  aria-label={t("company.takeOut", { name: personName(one) })}
                  size={24}
                  onClick={(event) => {
                    event.stopPropagation();
                    takeOut.mutate({ path: { company_id: company.id, person_id: one.id } });
                  }}
                >
                  <IconX size={14} />
                </ActionIcon>
              ),
            },
          ]
        : []),
    ],
    [t, may, company.id, takeOut],
  );
  return (
    <Section title={t("company.people")}>
      <FormError error={takeOut.error} />
      <DataTable
        id="company-people"
        label={t("company.people")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={personName}
        to={({ id }) => `/people/${id}`}
        count={() => t("company.people.count", { count: company.people })}
        empty={<EmptyState picture="people">{t("company.people.none")}</EmptyState>}
      />
    </Section>
  );
}

type Value = string | number | boolean;

/** What a typed text is: a number or yes and no where it reads as one, else the text. */
function typed(text: string): Value {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

function Facts({ company, may }: { company: Company; may: boolean }) {
  const t = useT();
  const format = useFormat();
  const [fresh, setFresh] = useState<{ name: string; value: string }>();
  const change = useSend("patch", "/companies/{company_id}");
  const path = { company_id: company.id };
  const shown = (value: Value) => (typeof value === "number" ? format.number(value) : String(value));
  const known = Object.entries(company.properties).sort(([a], [b]) => a.localeCompare(b));
  return (
    <Section title={t("company.properties")}>
      <dl className={css.facts}>
        {known.map(([name, value]) => (
          <EditableFact<string>
            key={name}
            label={name}
            value={String(value)}
            may={may}
            shown={shown(value)}
            field={(text, set) => (
              <TextInput
                autoFocus
                aria-label={name}
                value={text}
                maxLength={1000}
                onChange={(event) => set(event.currentTarget.value)}
              />
            )}
            onSave={(text) =>
              change.mutateAsync({ path, body: { properties: { [name]: text === "" ? null : typed(text) } } })
            }
          />
        ))}
        <div className={css.fact}>
          <dt>{t("company.key")}</dt>
          <dd>{company.key}</dd>
        </div>
        <div className={css.fact}>
          <dt>{t("company.since")}</dt>
          <dd>
            <When at={company.created_at} absolute />
          </dd>
        </div>
      </dl>
      {!known.length && <p className={css.muted}>{t("company.property.none")}</p>}
      {may && (
        <div>
          <Button size="xs" variant="subtle" color="gray" ml={-10} onClick={() => setFresh({ name: "", value: "" })}>
            {t("company.property.add")}
          </Button>
        </div>
      )}
      {fresh && (
        <FormDialog
          title={t("company.property.add")}
          onClose={() => setFresh(undefined)}
          action={t("company.save")}
          busy={change.isPending}
          disabled={!fresh.name.trim() || !fresh.value}
          error={change.error}
          onSubmit={() =>
            change.mutate(
              { path, body: { properties: { [fresh.name.trim()]: typed(fresh.value) } } },
              { onSuccess: () => setFresh(undefined) },
            )
          }
        >
          <TextInput
            data-autofocus
            label={t("company.property.name")}
            value={fresh.name}
            maxLength={200}
            onChange={(event) => setFresh({ ...fresh, name: event.currentTarget.value })}
          />
          <TextInput
            label={t("company.property.value")}
            value={fresh.value}
            maxLength={1000}
            onChange={(event) => setFresh({ ...fresh, value: event.currentTarget.value })}
          />
        </FormDialog>
      )}
    </Section>
  );
}

function Rename({ company, onClose }: { company: Company; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState(company.name);
  const change = useSend("patch", "/companies/{company_id}", { onSuccess: onClose });
  return (
    <FormDialog
      title={t("company.rename")}
      onClose={onClose}
      action={t("company.save")}
      busy={change.isPending}
      disabled={!name.trim()}
      error={change.error}
      onSubmit={() => change.mutate({ path: { company_id: company.id }, body: { name } })}
    >
      <TextInput
        data-autofocus
        label={t("company.name")}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
