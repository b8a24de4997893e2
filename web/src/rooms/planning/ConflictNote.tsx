import { Button } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useFormat } from "@/lib/format";
import css from "./ConflictNote.module.css";
import { useT } from "./useT";
import type { Versioned } from "./useVersioned";

/** Somebody else has saved the same thing: says who and what differs, and asks which is to stay. */
export function ConflictNote<Draft>({
  thing,
  names,
}: {
  thing: Versioned<Draft>;
  names: Partial<Record<keyof Draft, string>>;
}) {
  const t = useT();
  const format = useFormat();
  if (!thing.conflict) return null;
  const { by, fields } = thing.conflict;
  return (
    <div className={css.conflict} role="alert">
      <IconArrowsSplit2 size={18} />
      <p>
        <strong>{by ? t("conflict.by", { name: by }) : t("conflict.someone")}</strong>{" "}
        {t("conflict.fields", { fields: format.list(fields.map((name) => names[name] ?? String(name))) })}
      </p>
      <div>
        <Button size="xs" variant="default" onClick={thing.takeTheirs}>
          {t("conflict.theirs")}
        </Button>
        <Button size="xs" variant="default" onClick={thing.saveMine}>
          {t("conflict.mine")}
        </Button>
      </div>
    </div>
  );
}
