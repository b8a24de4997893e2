import { Autocomplete, Button } from "@mantine/core";
import { useState } from "react";
import { useGet } from "@/api/hooks";
import { FormFoot } from "@/ui/Dialog";
import css from "../planning.module.css";
import { useT } from "../useT";

/** Chooses the event that counts as a campaign's doing. */
export default function EventForm({ value, onDone }: { value: string; onDone: (event: string) => void }) {
  const t = useT();
  const [name, setName] = useState(value);
  const words = useGet("/audiences/vocabulary", {}, { slow: true });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onDone(name.trim());
      }}
    >
      <Autocomplete
        label={t("attribution.event")}
        description={t("attribution.event.note")}
        value={name}
        onChange={setName}
        required
        maxLength={200}
        data={words.data?.events ?? []}
      />
      <FormFoot>
        <Button type="submit">{t("done")}</Button>
      </FormFoot>
    </form>
  );
}
