import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMay } from "@/lib/workspace";
import { Page, Section } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, EmptyState } from "@/ui/states";
import { useAudienceNames } from "../names";
import { useT } from "../useT";
import { useRuleWords } from "../words";
import { DefinitionDialog } from "./DefinitionDialog";
import { Entry } from "./Entry";
import css from "./library.module.css";

type Definition = Shape<"AudienceDefinition">;

/** The team's manual: what every audience is for, who answers for it, whether it still holds. */
export default function LibraryPage() {
  const t = useT();
  const may = useMay("audiences.write");
  const list = useGet("/audiences/library", {});
  const vocabulary = useGet("/audiences/vocabulary", {}, { slow: true }).data;
  const words = useRuleWords({ vocabulary, audiences: useAudienceNames() });
  const [editing, setEditing] = useState<Definition | null>(null);
  const entries = (some: Definition[]) => (
    <div className={css.entries}>
      {some.map((one) => (
        <Entry
          key={one.id}
          entry={one}
          rule={words.sentenceOf(one.rule)}
          onEdit={may ? () => setEditing(one) : undefined}
        />
      ))}
    </div>
  );
  return (
    <Page>
      <PageHead
        title={t("library")}
        crumbs={[{ label: t("title"), to: "/audiences" }]}
        meaning={t("library.meaning")}
        action={
          <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            {t("library.print")}
          </Button>
        }
      />
      <Await query={list} lines={12}>
        {(found) => {
          if (found.length === 0) return <EmptyState picture="audience">{t("library.empty")}</EmptyState>;
          const ideal = found.filter((one) => one.ideal);
          const main = found.filter((one) => one.main && !one.ideal);
          const others = found.filter((one) => !one.main && !one.ideal);
          return (
            <>
              {ideal.length > 0 && <Section title={t("library.ideal")}>{entries(ideal)}</Section>}
              <Section title={t("library.main")}>
                {main.length > 0 ? entries(main) : <p className={css.muted}>{t("library.main.none")}</p>}
              </Section>
              {others.length > 0 && <Section title={t("library.others")}>{entries(others)}</Section>}
            </>
          );
        }}
      </Await>
      {editing && <DefinitionDialog entry={editing} onClose={() => setEditing(null)} />}
    </Page>
  );
}
