import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBuildingPlus, IconSearch } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A, useGo } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { FormDialog } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { Num, When } from "@/ui/values";
import { useT } from "../useT";

export type Company = Shape<"Company">;

/** Every company of the workspace, by name. */
export default function CompaniesPage() {
  const t = useT();
  const may = useMay("people.write");
  const [words, setWords] = useState("");
  const [adding, setAdding] = useState(false);
  const [search] = useDebouncedValue(words.trim(), 200);
  const list = useKeyset<Company>("/companies", { query: { search } });
  const total = useGet("/companies/count", { query: { search } }).data?.count;
  const columns = useMemo<Column<Company>[]>(
    () => [
      { id: "name", title: t("company.name"), cell: ({ id, name }) => <A to={`/companies/${id}`}>{name}</A> },
      {
        id: "people",
        title: t("company.people"),
        width: 120,
        align: "end",
        cell: ({ people }) => <Num value={people} />,
      },
      {
        id: "key",
        title: t("company.key"),
        width: 220,
        hide: "tablet",
        cell: ({ key, name }) => (key === name ? "" : key),
      },
      {
        id: "updated",
        title: t("company.updated"),
        width: 168,
        hide: "phone",
        cell: ({ updated_at }) => <When at={updated_at} />,
      },
    ],
    [t],
  );
  const add = may && (
    <Button leftSection={<IconBuildingPlus size={16} />} onClick={() => setAdding(true)}>
      {t("companies.add")}
    </Button>
  );
  return (
    <Page kind="list">
      <PageHead
        title={t("companies.title")}
        meaning={t("companies.meaning")}
        action={(list.rows.length > 0 || search) && add}
      />
      {(list.rows.length > 0 || words) && (
        <TextInput
          maw={360}
          mb={8}
          aria-label={t("companies.search")}
          placeholder={t("companies.search")}
          leftSection={<IconSearch size={16} />}
          value={words}
          maxLength={200}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <DataTable
        id="companies"
        label={t("companies.title")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={({ name }) => name}
        to={({ id }) => `/companies/${id}`}
        count={(shown) => t("companies.count", { count: total ?? shown })}
        empty={
          search ? (
            <EmptyState picture="search">{t("companies.none")}</EmptyState>
          ) : (
            <EmptyState picture="people" action={add}>
              {t("companies.empty")}
            </EmptyState>
          )
        }
      />
      {adding && <AddCompany onClose={() => setAdding(false)} />}
    </Page>
  );
}

function AddCompany({ onClose }: { onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState("");
  const [key, setKey] = useState("");
  const add = useSend("post", "/companies", {
    onSuccess: ({ id }) => {
      onClose();
      go(`/companies/${id}`);
    },
  });
  return (
    <FormDialog
      title={t("companies.add")}
      onClose={onClose}
      action={t("companies.add")}
      busy={add.isPending}
      disabled={!name.trim()}
      error={add.error}
      onSubmit={() => add.mutate({ body: { name, key } })}
    >
      <TextInput
        data-autofocus
        label={t("company.name")}
        value={name}
        maxLength={255}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t("company.key")}
        description={t("company.key.note")}
        value={key}
        maxLength={255}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
