import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { FormDialog } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import { useT } from "./useT";

export type Priority = Shape<"GoalPriorityOut">;
const kinds = ["leads", "purchases", "loyalty", "spend", "awareness", "new_audience"] as const;

interface PriorityProps {
  priority: Priority | undefined;
  year: number;
  count: number;
  onClose: () => void;
}

/** A priority of a year: its name, what it is after, and who answers for it. */
export function PriorityForm({ priority, year, count, onClose }: PriorityProps) {
  const t = useT();
  const [name, setName] = useState(priority?.name ?? "");
  const [kind, setKind] = useState<Priority["kind"]>(priority?.kind ?? "leads");
  const [owner, setOwner] = useState<string | null>(priority?.owner?.id ?? null);
  const members = useGet("/members", {}, { slow: true });
  const options = { onSuccess: onClose };
  const create = useSend("post", "/priorities", options);
  const update = useSend("put", "/priorities/{priority_id}", options);
  const remove = useSend("delete", "/priorities/{priority_id}", options);
  const body = { year: priority?.year ?? year, name: name.trim(), kind, owner_id: owner };
  return (
    <FormDialog
      title={priority ? t("priority.change") : t("priority.newIn", { year: String(year) })}
      onClose={onClose}
      onSubmit={() =>
        priority
          ? update.mutate({
              path: { priority_id: priority.id },
              body: { ...body, position: priority.position, version: priority.version },
            })
          : create.mutate({ body: { ...body, position: count } })
      }
      action={t("save")}
      busy={create.isPending || update.isPending}
      disabled={!name.trim()}
      error={create.error ?? update.error}
    >
      <TextInput
        label={t("priority.name")}
        placeholder={t("priority.name.hint")}
        required
        data-autofocus
        maxLength={200}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Select
        label={t("priority.kind")}
        allowDeselect={false}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(next) => next && setKind(next as Priority["kind"])}
      />
      <Select
        label={t("owner")}
        clearable
        searchable
        value={owner}
        data={(members.data ?? []).map((one) => ({ value: one.user_id, label: one.name }))}
        onChange={setOwner}
      />
      {priority && (
        <Button
          variant="subtle"
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ path: { priority_id: priority.id } })}
        >
          {t("priority.remove")}
        </Button>
      )}
      <FormError error={remove.error} />
    </FormDialog>
  );
}
