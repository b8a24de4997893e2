import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useGet, useKeyset, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { AttributeValue, personName } from "@/rooms/people/values";
import { EmptyState, FormError } from "@/ui/states";
import { type Column, DataTable } from "@/ui/table/DataTable";
import { say } from "@/ui/tray";
import type { Count } from "./live";
import { useT } from "./useT";

type Member = Count["sample"][number];

/** The people of an audience; of a list they can be taken off. */
export function Members({
  audience,
  total,
  onAdd,
}: {
  audience: Shape<"AudienceOut">;
  total: number | undefined;
  onAdd: () => void;
}) {
  const t = useT();
  const may = useMay("audiences.write");
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true }).data;
  const pages = useKeyset<Member>("/audiences/{audience_id}/members", { path: { audience_id: audience.id } });
  const list = { ...pages, matching: total };
  const fixed = audience.kind === "list";
  const remove = useSend("post", "/audiences/{audience_id}/members/remove", {
    onSuccess: ({ removed }) => say(t("members.removed", { count: removed })),
  });
  const columns = useMemo<Column<Member>[]>(
    () => [
      { id: "person", title: t("members.person"), cell: (one) => <A to={`/people/${one.id}`}>{personName(one)}</A> },
      {
        id: "external_id",
        title: t("members.externalId"),
        width: 140,
        hide: "phone",
        cell: (one) => one.external_id ?? "",
      },
      ...(vocabulary?.attributes ?? []).map(
        ({ key, label, type }, index): Column<Member> => ({
          id: key,
          title: label,
          width: 168,
          optional: index > 3,
          hide: index > 0 ? "tablet" : "phone",
          align: type === "number" || type === "money" ? "end" : undefined,
          cell: (one) => <AttributeValue type={type} value={one.attributes[key]} />,
        }),
      ),
    ],
    [t, vocabulary],
  );
  return (
    <>
      <FormError error={remove.error} />
      <DataTable
        id="audience-members"
        label={t("one.members")}
        columns={columns}
        list={list}
        rowKey={({ id }) => String(id)}
        rowName={personName}
        to={({ id }) => `/people/${id}`}
        count={(shown) => t("one.members.count", { shown, total: total ?? shown })}
        bulk={
          fixed && may
            ? (selection) =>
                selection.all ? null : (
                  <Button
                    size="xs"
                    variant="default"
                    loading={remove.isPending}
                    onClick={() =>
                      remove.mutate(
                        { path: { audience_id: audience.id }, body: { people: [...selection.keys].map(Number) } },
                        { onSuccess: selection.clear },
                      )
                    }
                  >
                    {t("members.remove")}
                  </Button>
                )
            : undefined
        }
        empty={
          <EmptyState
            picture="people"
            action={fixed && may ? <Button onClick={onAdd}>{t("members.add")}</Button> : undefined}
          >
            {t("one.members.empty")}
          </EmptyState>
        }
      />
    </>
  );
}
