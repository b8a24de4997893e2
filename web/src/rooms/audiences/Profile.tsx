import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { Section } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import css from "./Profile.module.css";
import { useT } from "./useT";

type Trait = Shape<"AudienceTrait">;

/** What makes an audience's people different from everybody: the values, tags and events with the greatest lift. */
export function Profile({
  audience,
  vocabulary,
}: {
  audience: { id: string };
  vocabulary: Shape<"Vocabulary"> | undefined;
}) {
  const t = useT();
  const profile = useGet("/audiences/{audience_id}/profile", { path: { audience_id: audience.id } }, { slow: true });
  if (profile.error)
    return (
      <Section title={t("profile")}>
        <ErrorState inline error={profile.error} onRetry={() => void profile.refetch()} />
      </Section>
    );
  if (!profile.data)
    return (
      <Section title={t("profile")}>
        <SkeletonLines lines={5} />
      </Section>
    );
  const { members, everybody, traits } = profile.data;
  return (
    <Section title={t("profile")} note={t("profile.note")}>
      {traits.length === 0 ? (
        <p className={css.none}>{t(members === 0 ? "profile.nobody" : "profile.same")}</p>
      ) : (
        <ol className={css.traits}>
          {traits.map((trait) => (
            <Row
              key={`${trait.kind} ${trait.key} ${trait.value}`}
              trait={trait}
              members={members}
              everybody={everybody}
              vocabulary={vocabulary}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}

function Row({
  trait,
  members,
  everybody,
  vocabulary,
}: {
  trait: Trait;
  members: number;
  everybody: number;
  vocabulary: Shape<"Vocabulary"> | undefined;
}) {
  const t = useT();
  const format = useFormat();
  const [here, there] = [trait.members / members, trait.everybody / everybody];
  return (
    <li>
      <span className={css.name}>{useTraitWords(trait, vocabulary)}</span>
      <span className={css.lift}>{t("profile.lift", { times: format.number(here / there, 1) })}</span>
      <span className={css.bars} aria-hidden="true">
        <span className={css.here} style={{ width: `${here * 100}%` }} />
        <span className={css.there} style={{ width: `${there * 100}%` }} />
      </span>
      <span className={css.words}>
        {t("profile.shares", { here: format.percent(here), there: format.percent(there) })}
      </span>
    </li>
  );
}

export function useTraitWords(
  { kind, key, value }: Pick<Trait, "key" | "value"> & { kind: string },
  vocabulary: Shape<"Vocabulary"> | undefined,
): string {
  const t = useT();
  if (kind === "tag") return t("profile.tag", { value });
  if (kind === "event") return t("profile.event", { value });
  const known = vocabulary?.attributes.find((one) => one.key === key);
  const said = known?.type === "boolean" ? t(value === "true" ? "profile.yes" : "profile.no") : value;
  return t("profile.attribute", { name: known?.label ?? key, value: said });
}
