import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { FormDialog } from "@/ui/Dialog";
import { useT } from "../useT";
import type { Touchpoint } from "../words";

/** A draft to those who got a touchpoint and did not click; one looks at it before it is launched. */
export function SilentDialog({ touchpoint, onClose }: { touchpoint: Touchpoint; onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState(t("silent.name", { name: touchpoint.name }).slice(0, 200));
  const make = useSend("post", "/touchpoints/{touchpoint_id}/silent", {
    onSuccess: (made) => go(`/touchpoints/${made.id}`),
  });
  return (
    <FormDialog
      title={t("silent.title")}
      onClose={onClose}
      onSubmit={() =>
        make.mutate({
          path: { touchpoint_id: touchpoint.id },
          body: { name, audience: t("silent.audience", { name: touchpoint.name }).slice(0, 200) },
        })
      }
      action={t("silent.make")}
      busy={make.isPending}
      disabled={!name.trim()}
      error={make.error}
    >
      <p>{t("silent.what")}</p>
      <p>{t("silent.opened")}</p>
      <TextInput
        label={t("silent.field")}
        value={name}
        maxLength={200}
        data-autofocus
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
