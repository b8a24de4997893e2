import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import type { Place } from "@/lib/rooms";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import css from "./playbook.module.css";
import { useT } from "./useT";

/** Pages of the playbook that apply here; `apart` opens them in another tab, where leaving would lose what is typed. */
export function PagesBeside({ place, apart }: { place: Place; apart?: boolean }) {
  const t = useT();
  const enabled = useMay("campaigns.read");
  const found = useGet("/playbook/pages", { query: { applies: place, limit: 10 } }, { slow: true, enabled });
  if (!found.data?.items.length) return null;
  return (
    <Section title={t("beside")}>
      <ul className={css.beside}>
        {found.data.items.map(({ id, title, kind }) => (
          <li key={id}>
            <A to={`/playbook/pages/${id}`} target={apart ? "_blank" : undefined}>
              {title}
            </A>{" "}
            {title !== t(`kind.${kind}`) && <small>{t(`kind.${kind}`)}</small>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
