import { Button } from "@mantine/core";
import { useGet } from "@/api/hooks";
import { Dialog } from "@/ui/Dialog";
import { Await } from "@/ui/states";
import type { Draft } from "./draft";
import { useT } from "./useT";

/** Somebody else has saved the form: take theirs, or save one's own over it. Nothing is lost unasked. */
export function Conflict({ draft }: { draft: Draft }) {
  const t = useT();
  const theirs = useGet("/forms/{form_id}", { path: { form_id: draft.base.id } }, { fresh: 0, keep: false });
  const close = () => {
    draft.save.reset();
    draft.open.reset();
  };
  return (
    <Dialog opened onClose={close} title={t("conflict.title")}>
      <Await query={theirs} lines={2}>
        {(found) => (
          <>
            <p>{t("conflict.text", { name: found.updated_by })}</p>
            <div style={{ display: "flex", gap: 8, flexWrap: "wrap", justifyContent: "end" }}>
              <Button variant="default" onClick={() => draft.reset(found)}>
                {t("conflict.theirs")}
              </Button>
              <Button
                onClick={() => {
                  close();
                  void draft.keep(found.version).catch(() => {});
                }}
              >
                {t("conflict.mine")}
              </Button>
            </div>
          </>
        )}
      </Await>
    </Dialog>
  );
}
