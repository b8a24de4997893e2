import { useParam } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { Page } from "@/ui/Page";
import { PageHead, TabPanel } from "@/ui/PageHead";
import { LessonList } from "./LessonList";
import { PageList } from "./PageList";
import { TemplateList } from "./TemplateList";
import { useT } from "./useT";

/** What the team knows: pages, lessons, and campaigns to begin from. */
export default function PlaybookPage() {
  const t = useT();
  const may = useMay("campaigns.write");
  const tabs = [
    { id: "pages", label: t("tab.pages") },
    { id: "lessons", label: t("tab.lessons") },
    ...(may ? [{ id: "templates", label: t("tab.templates") }] : []),
  ];
  const [chosen] = useParam("tab", "pages");
  const tab = tabs.find(({ id }) => id === chosen)?.id ?? "pages";
  return (
    <Page kind="list">
      <PageHead title={t("title")} meaning={t("meaning")} tabs={tabs} />
      <TabPanel open={tab}>
        {tab === "lessons" ? <LessonList /> : tab === "templates" ? <TemplateList /> : <PageList />}
      </TabPanel>
    </Page>
  );
}
