import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { Act } from "../Act";
import { Dialog, FormFoot } from "../Dialog";
import { useT } from "../useT";

/** Asks for the name under which a view is kept. */
export default function NameView({
  taken,
  onClose,
  onName,
}: {
  taken: string[];
  onClose: () => void;
  onName: (name: string) => void;
}) {
  const t = useT();
  const [text, setText] = useState("");
  const name = text.trim();
  return (
    <Dialog opened onClose={onClose} title={t("views.save")} size={400}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onName(name);
          onClose();
        }}
      >
        <TextInput
          label={t("views.name")}
          description={taken.includes(name) ? t("views.replaces") : undefined}
          maxLength={60}
          data-autofocus
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act type="submit" disabled={!name}>
            {t("views.save")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}
