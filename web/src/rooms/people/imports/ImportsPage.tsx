import { Button } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useMemo } from "react";
import { useKeyset } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { A } from "@/lib/links";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { StateBadge } from "@/ui/StateBadge";
import { EmptyState } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { Num, When } from "@/ui/values";
import { useT } from "../useT";
import { stateTones } from "./Outcome";
import type { Import } from "./types";

/** Every import of this workspace, with what it did. */
export default function ImportsPage() {
  const t = useT();
  const format = useFormat();
  const list = useKeyset<Import>("/imports", {});
  const columns = useMemo<Column<Import>[]>(() => {
    const number = (id: "new" | "changed" | "rejected"): Column<Import> => ({
      id,
      title: t(`result.${id}`),
      width: 112,
      align: "end",
      hide: "phone",
      cell: ({ state, result }) => (
        <Num value={state === "finished" ? (result[id] ?? 0) : undefined} why={t("imports.notFinished")} />
      ),
    });
    return [
      {
        id: "file",
        title: t("imports.file"),
        cell: ({ id, file_name }) => <A to={`/people/imports/${id}`}>{file_name}</A>,
      },
      {
        id: "size",
        title: t("imports.size"),
        width: 96,
        align: "end",
        hide: "tablet",
        cell: ({ file_size }) => format.bytes(file_size),
      },
      {
        id: "state",
        title: t("imports.state"),
        width: 136,
        cell: ({ state }) => (
          <StateBadge plain tone={stateTones[state]}>
            {t(`importState.${state}`)}
          </StateBadge>
        ),
      },
      number("new"),
      number("changed"),
      number("rejected"),
      { id: "by", title: t("imports.by"), width: 160, hide: "tablet", cell: ({ created_by }) => created_by },
      {
        id: "when",
        title: t("imports.when"),
        width: 168,
        hide: "phone",
        cell: ({ created_at }) => <When at={created_at} />,
      },
    ];
  }, [t, format]);
  const start = (
    <Button component={A} to="/people/import" leftSection={<IconFileImport size={16} />}>
      {t("import.action")}
    </Button>
  );
  return (
    <Page kind="list">
      <PageHead
        title={t("imports.title")}
        meaning={t("imports.meaning")}
        crumbs={[{ label: t("title"), to: "/people" }]}
        action={list.rows.length > 0 && start}
      />
      <DataTable
        id="imports"
        label={t("imports.title")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowName={({ file_name }) => file_name}
        to={({ id }) => `/people/imports/${id}`}
        count={(shown) => t("imports.count", { count: shown })}
        empty={
          <EmptyState picture="file" action={start}>
            {t("imports.empty")}
          </EmptyState>
        }
      />
    </Page>
  );
}
