import { Button } from "@mantine/core";
import { useState } from "react";
import { useApi } from "@/api/hooks";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/states";
import type { Template } from "./draft";
import { useT } from "./useT";

interface Props {
  template: string;
  onTake: (theirs: Template) => void;
  onOver: (version: number) => Promise<unknown>;
  onClose: () => void;
}

/** Somebody else saved first: nothing is overwritten until one of the two texts is chosen. Both stay as versions. */
export function ConflictDialog({ template, onTake, onOver, onClose }: Props) {
  const t = useT();
  const { call } = useApi();
  const [failure, setFailure] = useState<unknown>();
  const settle = (use: (theirs: Template) => unknown) => {
    call("get", "/templates/{template_id}", { path: { template_id: template } })
      .then(async (theirs) => {
        await use(theirs);
        onClose();
      })
      .catch(setFailure);
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("conflict.title")}
      foot={
        <>
          <Button variant="default" onClick={() => settle(onTake)}>
            {t("conflict.theirs")}
          </Button>
          <Button onClick={() => settle(({ version }) => onOver(version))}>{t("conflict.mine")}</Button>
        </>
      }
    >
      <p>{t("conflict.text")}</p>
      <FormError error={failure} />
    </Dialog>
  );
}
