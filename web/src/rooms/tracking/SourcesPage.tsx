import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { useOpening } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { SettingsItem, SettingsList } from "@/ui/SettingsList";
import { StateBadge, Tag } from "@/ui/StateBadge";
import { Await, EmptyState } from "@/ui/states";
import { When } from "@/ui/values";
import { SourceDialog } from "./SourceDialog";
import css from "./tracking.module.css";
import { useT } from "./useT";

export type Source = Shape<"DataSourceOut">;

/** The register of where data comes from: who answers for it, on which ground, and when it last gave a sign. */
export default function SourcesPage() {
  const t = useT();
  const may = useMay("people.write");
  const sources = useGet("/sources", {});
  const [making, setMaking] = useOpening("new");
  const make = may && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking("1")}>
      {t("sources.add")}
    </Button>
  );
  return (
    <SettingsFrame
      title={t("sources.title")}
      meaning={t("sources.meaning")}
      action={sources.data?.length ? make : undefined}
    >
      <Await query={sources}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState picture="trail" action={make}>
              {t("sources.empty")}
            </EmptyState>
          ) : (
            <SettingsList label={t("sources.title")}>
              {found.map((source) => (
                <Line key={source.id} source={source} />
              ))}
            </SettingsList>
          )
        }
      </Await>
      {making && <SourceDialog onClose={() => setMaking("")} />}
    </SettingsFrame>
  );
}

function Line({ source }: { source: Source }) {
  const t = useT();
  return (
    <SettingsItem
      name={
        <A to={`/settings/sources/${source.id}`} className={css.link}>
          {source.name}
        </A>
      }
      note={
        <>
          {source.owner?.name ?? t("source.nobody")}
          {" · "}
          {source.legal_ground ? t(`ground.${source.legal_ground}`) : t("ground.unsaid")}
          {" · "}
          {source.last_at ? t.rich("source.seen", { when: <When at={source.last_at} /> }) : t("source.unseen")}
        </>
      }
    >
      {source.silent && <StateBadge tone="bad">{t("source.silent")}</StateBadge>}
      <Tag>{t(`kind.${source.kind}`)}</Tag>
    </SettingsItem>
  );
}
