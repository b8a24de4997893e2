import { SegmentedControl } from "@mantine/core";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useMe } from "@/lib/session";
import { SettingsFrame } from "@/ui/SettingsFrame";
import { Await, FormError } from "@/ui/states";
import { kinds } from "./kinds";
import css from "./teamwork.module.css";
import { useT } from "./useT";

const ways = ["now", "daily", "off"] as const;

/** How each kind of notice reaches one by mail; in the product it always does. */
export default function SettingsPage() {
  const t = useT();
  const { email } = useMe();
  const settings = useGet("/notice-settings", {});
  const choose = useSend("put", "/notice-settings/{kind}");
  const data = ways.map((way) => ({ value: way, label: t(`way.${way}`) }));
  const shown = (kind: Shape<"NoticeKind">, now: Shape<"Delivery">) =>
    choose.isPending && choose.variables.path.kind === kind ? choose.variables.body.delivery : now;
  return (
    <SettingsFrame title={t("settings.nav")} meaning={t("settings.meaning", { email })}>
      <FormError error={choose.error} />
      <Await query={settings}>
        {(all) => (
          <ul className={css.settings}>
            {kinds.map((kind) => {
              const one = all.find((setting) => setting.kind === kind);
              if (!one) return null;
              return (
                <li key={kind}>
                  <span id={`kind-${kind}`}>{t(`kind.${kind}`)}</span>
                  <SegmentedControl
                    size="xs"
                    aria-labelledby={`kind-${kind}`}
                    data={data}
                    value={shown(kind, one.delivery)}
                    onChange={(value) =>
                      choose.mutate({ path: { kind }, body: { delivery: value as Shape<"Delivery"> } })
                    }
                  />
                </li>
              );
            })}
          </ul>
        )}
      </Await>
      <p className={css.none}>{t("settings.when")}</p>
    </SettingsFrame>
  );
}
