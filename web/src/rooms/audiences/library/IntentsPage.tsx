import { TagsInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMay } from "@/lib/workspace";
import { Act } from "@/ui/Act";
import { Page } from "@/ui/Page";
import { PageHead } from "@/ui/PageHead";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { useT } from "../useT";
import css from "./library.module.css";

type Families = Required<Shape<"Intents">>;
const families = ["awareness", "consideration", "purchase"] as const;

/** Which events tell of which intent. */
export default function IntentsPage() {
  const t = useT();
  const found = useGet("/audiences/intents", {});
  return (
    <Page kind="form">
      <PageHead
        title={t("intents")}
        crumbs={[{ label: t("title"), to: "/audiences" }]}
        meaning={t("intents.meaning")}
      />
      <Await query={found} lines={8}>
        {(sorted) => <Sorted key={JSON.stringify(sorted)} sorted={sorted as Families} />}
      </Await>
    </Page>
  );
}

function Sorted({ sorted }: { sorted: Families }) {
  const t = useT();
  const may = useMay("audiences.write");
  const known = useGet("/audiences/vocabulary", {}, { slow: true }).data?.events ?? [];
  const [said, setSaid] = useState(sorted);
  const save = useSend("put", "/audiences/intents", { onSuccess: () => say(t("intents.saved")) });
  const taken = new Set(families.flatMap((family) => said[family]));
  return (
    <form
      className={css.families}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({ body: said });
      }}
    >
      {families.map((family) => (
        <TagsInput
          key={family}
          label={t(`intents.${family}`)}
          placeholder={t("intents.add")}
          data={known.filter((name) => !taken.has(name))}
          value={said[family]}
          readOnly={!may}
          maxTags={500}
          onChange={(names) =>
            setSaid({
              ...Object.fromEntries(families.map((one) => [one, said[one].filter((name) => !names.includes(name))])),
              [family]: names,
            } as Families)
          }
        />
      ))}
      <FormError error={save.error} />
      {may && (
        <div>
          <Act type="submit" disabled={said === sorted} why="unchanged" loading={save.isPending}>
            {t("intents.save")}
          </Act>
        </div>
      )}
    </form>
  );
}
