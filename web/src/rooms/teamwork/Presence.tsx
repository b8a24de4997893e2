import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useApi } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useWorkspaceSettings } from "@/lib/workspace";
import { Face } from "@/ui/values";
import css from "./teamwork.module.css";
import type { Thing } from "./text";
import { useT } from "./useT";

const BEAT = 20_000;
const SHOWN = 4;

/** Who else looks at the thing right now; tells them that one does too, while the page is visible. */
export function Presence({ thing: { kind, id } }: { thing: Thing }) {
  const t = useT();
  const format = useFormat();
  const { slug } = useWorkspaceSettings();
  const { ask } = useApi();
  const { data } = useQuery({
    queryKey: ["presence", slug, kind, id],
    queryFn: () => ask("post", "/things/{kind}/{thing_id}/presence", { path: { kind, thing_id: id } }),
    refetchInterval: BEAT,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  useEffect(() => {
    const leave = () =>
      void ask("delete", "/things/{kind}/{thing_id}/presence", { path: { kind, thing_id: id } }).catch(
        () => undefined, // After 45 seconds one is gone by itself.
      );
    return leave;
  }, [ask, kind, id]);
  const others = data?.others ?? [];
  const names = format.list(others.map(({ name }) => name));
  const said = others.length ? t("presence", { names, count: others.length }) : "";
  return (
    <span className={css.presence} title={said}>
      {others.slice(0, SHOWN).map((one) => (
        <Face key={one.id} name={one.name} size={24} />
      ))}
      {others.length > SHOWN && <small>{t("presence.more", { count: others.length - SHOWN })}</small>}
      <span className={css.hidden} role="status">
        {said}
      </span>
    </span>
  );
}
