import { useGet } from "@/api/hooks";
import { A } from "@/lib/links";
import type { Place } from "@/lib/rooms";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { useT } from "../useT";
import css from "./personas.module.css";

const places: Place[] = ["brief", "content", "touchpoint"];

/** Whom one writes to, beside what is written: the message each persona is to remember, and the tone. */
export function PersonasBeside({ place }: { place: Place }) {
  const t = useT();
  const enabled = useMay("audiences.read") && places.includes(place);
  const found = useGet("/personas", {}, { slow: true, enabled });
  if (!enabled || !found.data?.length) return null;
  return (
    <Section title={t("personas")}>
      <ul className={css.beside}>
        {found.data.map(({ id, name, portrait }) => (
          <li key={id}>
            <A to={`/personas/${id}`} target="_blank">
              <bdi>{name}</bdi>
            </A>
            {portrait.message && <q>{portrait.message}</q>}
            {portrait.tone && <small>{t("personas.tone.is", { tone: portrait.tone })}</small>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
