import { IconX } from "@tabler/icons-react";
import { useGet, useSend } from "@/api/hooks";
import { Menu } from "@/ui/Menu";
import { Section } from "@/ui/Page";
import { say } from "@/ui/tray";
import { Face } from "@/ui/values";
import { WordChoice } from "../InlineWord";
import { useT } from "../useT";
import { type Campaign, type Part, parts } from "../words";
import css from "./Team.module.css";

const onError = (error: Error) => say(error.message, { tone: "bad" });

/** Who does what in the campaign. A guest of the workspace sees the campaign by being named here. */
export function Team({ campaign, mayEdit }: { campaign: Campaign; mayEdit: boolean }) {
  const t = useT();
  const path = { campaign_id: campaign.id };
  const team = useGet("/campaigns/{campaign_id}/members", { path });
  const members = useGet("/members", {}, { slow: true, enabled: mayEdit });
  const set = useSend("put", "/campaigns/{campaign_id}/members/{user_id}");
  const remove = useSend("delete", "/campaigns/{campaign_id}/members/{user_id}");
  const rows = team.data ?? [];
  const named = new Set(rows.map(({ id }) => id));
  const others = (members.data ?? []).filter(({ user_id }) => !named.has(user_id));
  const give = (user_id: string, part: Part) => set.mutate({ path: { ...path, user_id }, body: { part } }, { onError });
  if (!mayEdit && rows.length === 0) return null;
  return (
    <Section title={t("team")}>
      {rows.length > 0 && (
        <ul className={css.team}>
          {rows.map((one) => (
            <li key={one.id}>
              <Face name={one.name} size={24} />
              <span className={css.who}>
                {one.name}
                <small>
                  <WordChoice
                    label={t("team.part", { name: one.name })}
                    value={one.part}
                    disabled={!mayEdit}
                    options={parts.map((value) => ({ value, label: t(`part.${value}`) }))}
                    onChange={(part) => give(one.id, part)}
                  >
                    {t(`part.${one.part}`)}
                  </WordChoice>
                  {one.role === "guest" && ` · ${t("team.guest")}`}
                </small>
              </span>
              {mayEdit && (
                <button
                  type="button"
                  className={css.remove}
                  aria-label={t("team.remove", { name: one.name })}
                  onClick={() => remove.mutate({ path: { ...path, user_id: one.id } }, { onError })}
                >
                  <IconX size={14} />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && others.length > 0 && (
        <Menu
          className={css.add}
          side="bottom-start"
          label={t("team.add")}
          entries={others.map((one) => ({ label: one.name, act: () => give(one.user_id, "does") }))}
        >
          {t("team.add")}
        </Menu>
      )}
      {mayEdit && members.data && others.length === 0 && rows.length === 0 && (
        <p className={css.none}>{t("team.none")}</p>
      )}
    </Section>
  );
}
