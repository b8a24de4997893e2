import { useGet } from "@/api/hooks";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { Await } from "@/ui/states";
import { DkimSection } from "./DkimSection";
import { DomainsSection } from "./DomainsSection";
import { ProviderForm } from "./ProviderForm";
import { RelaysSection } from "./RelaysSection";
import { ReturnsSection } from "./ReturnsSection";
import { SendersSection } from "./SendersSection";
import { useT } from "./useT";

/** How the workspace's mail leaves, and in whose name. */
export default function EmailPage() {
  const t = useT();
  const may = useMay("channels.manage");
  // Invitations and links for new passwords leave by the server too, so only who lets people in may choose it.
  const mayServer = useMay("members.manage");
  const settings = useGet("/email/settings", {});
  return (
    <SettingsFrame
      title={t("email.title")}
      meaning={may ? t("email.meaning") : `${t("email.meaning")} ${t("email.readonly")}`}
    >
      <SendersSection may={may} />
      <Await query={settings}>
        {(saved) => (
          <>
            <Section title={t("delivery.title")} note={may && !mayServer ? t("delivery.owners") : undefined}>
              <ProviderForm key={saved.updated_at ?? "new"} saved={saved} may={mayServer} />
            </Section>
            {may && saved.provider !== "sandbox" && <RelaysSection may={mayServer} />}
            {may && <ReturnsSection />}
            {saved.provider === "smtp" && <DkimSection settings={saved} may={may} />}
            {may && <DomainsSection />}
          </>
        )}
      </Await>
    </SettingsFrame>
  );
}
