import { ActionIcon, Button, Textarea, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { FormFoot } from "@/ui/Dialog";
import { LeaveGuard } from "@/ui/LeaveGuard";
import { SaveState } from "@/ui/SaveState";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { Await, FormError } from "@/ui/states";
import { PictureField } from "../blocks/PictureField";
import { ThemeFields } from "../blocks/ThemeFields";
import type { Theme } from "../blocks/tree";
import { useT } from "../useT";
import css from "./brand.module.css";
import { Sample } from "./Sample";

type Brand = Shape<"Brand">;
interface Word {
  avoid: string;
  prefer: string;
}
interface Kit {
  theme: Theme;
  logo: string;
  footer: string;
  tone: string;
  words: Word[];
}

/** How the workspace's mails look and speak. */
export default function BrandPage() {
  const t = useT();
  const brand = useGet("/brand", {}, { keep: false });
  return (
    <SettingsFrame title={t("brand.title")} meaning={t("brand.meaning")} wide>
      <Await query={brand}>{(found) => <BrandForm key={found.version} saved={found as Brand} />}</Await>
    </SettingsFrame>
  );
}

function BrandForm({ saved }: { saved: Brand }) {
  const t = useT();
  const may = useMay("workspace.manage");
  const [kit, setKit] = useState(saved.kit as unknown as Kit);
  const save = useSend("put", "/brand");
  const set = (part: Partial<Kit>) => setKit((now) => ({ ...now, ...part }));
  const changed = useMemo(() => JSON.stringify(kit) !== JSON.stringify(saved.kit), [kit, saved]);
  const word = (at: number, part: Partial<Word>) =>
    set({ words: kit.words.map((one, index) => (index === at ? { ...one, ...part } : one)) });
  const sent = { ...kit, words: kit.words.filter(({ avoid }) => avoid.trim()) };
  return (
    <form
      className={css.brand}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: { version: saved.version ?? 0, kit: sent as never } });
      }}
    >
      <fieldset disabled={!may} className={css.fields}>
        <section>
          <h2>{t("brand.look")}</h2>
          <div className={css.theme}>
            <ThemeFields theme={kit.theme} onChange={(part) => set({ theme: { ...kit.theme, ...part } })} />
          </div>
          <PictureField label={t("brand.logo")} value={kit.logo} onChange={(logo) => set({ logo })} />
          <Textarea
            label={t("brand.footer")}
            description={t("brand.footer.note")}
            autosize
            minRows={2}
            maxLength={1000}
            value={kit.footer}
            onChange={(event) => set({ footer: event.currentTarget.value })}
          />
        </section>
        <section>
          <h2>{t("brand.voice")}</h2>
          <Textarea
            label={t("brand.tone")}
            description={t("brand.tone.note")}
            autosize
            minRows={3}
            maxLength={2000}
            value={kit.tone}
            onChange={(event) => set({ tone: event.currentTarget.value })}
          />
          <h3>{t("brand.words")}</h3>
          <p>{t("brand.words.note")}</p>
          {kit.words.map(({ avoid, prefer }, at) => (
            <div key={at} className={css.word}>
              <TextInput
                aria-label={t("brand.avoid")}
                placeholder={t("brand.avoid")}
                value={avoid}
                maxLength={80}
                onChange={(event) => word(at, { avoid: event.currentTarget.value })}
              />
              <TextInput
                aria-label={t("brand.prefer")}
                placeholder={t("brand.prefer")}
                value={prefer}
                maxLength={80}
                onChange={(event) => word(at, { prefer: event.currentTarget.value })}
              />
              <ActionIcon
                aria-label={t("blocks.drop.name", { name: avoid || "…" })}
                onClick={() => set({ words: kit.words.filter((_, index) => index !== at) })}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          ))}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() => set({ words: [...kit.words, { avoid: "", prefer: "" }] })}
          >
            {t("brand.words.add")}
          </Button>
        </section>
        <FormError error={save.error} />
        {may && (
          <FormFoot>
            <SaveState state={save.isPending ? "saving" : changed ? "unsaved" : "saved"} />
            {changed && <LeaveGuard name={t("brand.title")} />}
            <Act type="submit" why="unchanged" disabled={!changed} loading={save.isPending}>
              {t("save")}
            </Act>
          </FormFoot>
        )}
      </fieldset>
      <Sample theme={kit.theme} />
    </form>
  );
}
