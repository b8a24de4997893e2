import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useGo } from "@/lib/links";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { Await, FormError } from "@/ui/states";
import shared from "./editor.module.css";
import css from "./StarterDialog.module.css";
import { useT } from "./useT";

/** A name, and what to begin with: the starters as they look, or an empty mail. */
export function StarterDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const go = useGo();
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string>();
  const starters = useGet("/templates/starters", {}, { fresh: "static" });
  const create = useSend("post", "/templates", {
    onSuccess: ({ id }) => go(`/content/${id}`),
  });
  const picked = chosen ?? starters.data?.[0]?.key ?? "";
  const suggestion = starters.data?.find(({ key }) => key === picked)?.name ?? "";
  return (
    <Dialog opened onClose={onClose} title={t("new")} size={920}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ body: { name: name || suggestion, starter: picked } });
        }}
      >
        <TextInput
          label={t("name")}
          placeholder={suggestion}
          maxLength={200}
          value={name}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Await query={starters} lines={8}>
          {(found) => (
            <fieldset className={css.starters}>
              <legend>{t("starter")}</legend>
              {found.map((starter) => (
                <label key={starter.key} className={css.starter} data-chosen={picked === starter.key || undefined}>
                  <input
                    type="radio"
                    name="starter"
                    checked={picked === starter.key}
                    onChange={() => setChosen(starter.key)}
                  />
                  <span className={css.thumb}>
                    <iframe
                      title={starter.name}
                      srcDoc={starter.html}
                      sandbox=""
                      tabIndex={-1}
                      aria-hidden="true"
                      loading="lazy"
                    />
                  </span>
                  <strong>{starter.name}</strong>
                  <span className={shared.muted}>{starter.description}</span>
                </label>
              ))}
            </fieldset>
          )}
        </Await>
        <FormError error={create.error} />
        <FormFoot>
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Act type="submit" loading={create.isPending} disabled={!picked}>
            {t("create")}
          </Act>
        </FormFoot>
      </form>
    </Dialog>
  );
}
