import { Button } from "@mantine/core";
import type { Shape } from "@/api/schema";
import type { RuleJson } from "../rule";
import { useT } from "../useT";
import css from "./Starters.module.css";
import { startersOf } from "./starters";

/** The audiences that most teams want, to begin with. */
export function Starters({
  vocabulary,
  onUse,
}: {
  vocabulary: Shape<"Vocabulary">;
  onUse: (rule: RuleJson, name: string) => void;
}) {
  const t = useT();
  return (
    <section aria-label={t("starter")} className={css.starters}>
      <h2>{t("starter")}</h2>
      <ul>
        {startersOf(vocabulary).map(({ id, rule }) => (
          <li key={id}>
            <Button size="xs" variant="default" onClick={() => onUse(rule, t(`starter.${id}`))}>
              {t(`starter.${id}`)}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
