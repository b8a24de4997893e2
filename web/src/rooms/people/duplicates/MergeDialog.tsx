import { Button, Radio } from "@mantine/core";
import { IconArrowsExchange } from "@tabler/icons-react";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { Await, FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import type { Attribute } from "../imports/types";
import { sayChannel } from "../person/Consent";
import { useT } from "../useT";
import { useSayValue } from "../values";
import css from "./duplicates.module.css";

type Preview = Shape<"MergePreview">;

interface Props {
  kept: number;
  gone: number;
  onClose: () => void;
  onDone?: (kept: number) => void;
}

/** Shows what making two people one would do: who stays, which values, which permission, what comes along. */
export function MergeDialog({ kept, gone, onClose, onDone }: Props) {
  const t = useT();
  const [swapped, setSwapped] = useState(false);
  const [stays, goes] = swapped ? [gone, kept] : [kept, gone];
  const preview = useGet("/people/{person_id}/merges/with/{other_id}", {
    path: { person_id: stays, other_id: goes },
  });
  return (
    <Dialog opened onClose={onClose} title={t("merge.title")} size={640}>
      <Await query={preview} lines={8}>
        {(found) => (
          <Form
            key={stays}
            found={found}
            onSwap={() => setSwapped(!swapped)}
            onClose={onClose}
            onDone={() => onDone?.(stays)}
          />
        )}
      </Await>
    </Dialog>
  );
}

interface FormProps {
  found: Preview;
  onSwap: () => void;
  onClose: () => void;
  onDone: () => void;
}

function Form({ found, onSwap, onClose, onDone }: FormProps) {
  const t = useT();
  const [take, setTake] = useState<string[]>([]);
  const merge = useSend("post", "/people/{person_id}/merges", {
    onSuccess: () => {
      say(t("merge.done"));
      onClose();
      onDone();
    },
  });
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        merge.mutate({ path: { person_id: found.kept_id }, body: { other_id: found.gone_id, take } });
      }}
    >
      <div className={css.two}>
        <p>
          <span className={css.muted}>{t("merge.stays")}</span>
          <br />
          <strong>{found.kept_name}</strong>
          {found.kept_as !== found.kept_name && <span className={css.as}>{found.kept_as}</span>}
        </p>
        <Button
          size="compact-sm"
          variant="default"
          data-autofocus
          leftSection={<IconArrowsExchange size={14} />}
          onClick={onSwap}
        >
          {t("merge.swap")}
        </Button>
        <p>
          <span className={css.muted}>{t("merge.goes")}</span>
          <br />
          <strong>{found.gone_name}</strong>
          {found.gone_as !== found.gone_name && <span className={css.as}>{found.gone_as}</span>}
        </p>
      </div>
      <Values
        found={found}
        take={take}
        onTake={(key, taken) => setTake(taken ? [...take, key] : take.filter((one) => one !== key))}
      />
      <Along found={found} />
      <p className={css.muted}>{t("merge.undo.note")}</p>
      <FormError error={merge.error} />
      <FormFoot>
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Act type="submit" loading={merge.isPending}>
          {t("merge.submit")}
        </Act>
      </FormFoot>
    </form>
  );
}

/** Where both say something else, one of the two is chosen. */
function Values(props: { found: Preview; take: string[]; onTake: (key: string, taken: boolean) => void }) {
  const t = useT();
  const sayValue = useSayValue();
  const attributes = (useGet("/attributes", {}, { slow: true }).data ?? []) as Attribute[];
  const differing = props.found.values.filter(
    ({ kept, gone }) => kept !== null && gone !== null && kept !== undefined && gone !== undefined && kept !== gone,
  );
  if (differing.length === 0) return null;
  return (
    <section>
      <h3>{t("merge.values")}</h3>
      {differing.map(({ key, kept, gone }) => {
        const attribute = attributes.find((one) => one.key === key);
        return (
          <Radio.Group
            key={key}
            mb={8}
            label={attribute?.label ?? key}
            value={props.take.includes(key) ? "gone" : "kept"}
            onChange={(value) => props.onTake(key, value === "gone")}
          >
            <div className={css.choices}>
              <Radio value="kept" label={sayValue(attribute?.type, kept)} />
              <Radio value="gone" label={sayValue(attribute?.type, gone)} />
            </div>
          </Radio.Group>
        );
      })}
    </section>
  );
}

/** What comes along, and which permission holds afterwards. */
function Along({ found }: { found: Preview }) {
  const t = useT();
  const kinds = { email: "target.email", phone: "target.phone", external: "target.external_id" } as const;
  const stricter = found.consents.filter(({ kept, after }) => kept !== after);
  const things = found.things.filter(({ count }) => count > 0);
  const sayThing = (what: string, count: number) =>
    what === "events" || what === "messages" || what === "lists" || what === "answers"
      ? t(`merge.thing.${what}`, { count })
      : `${what}: ${count}`;
  return (
    <>
      <section>
        <h3>{t("merge.along")}</h3>
        <ul>
          {found.identities.map(({ kind, value, place }) => (
            <li key={`${kind} ${value}`}>
              {kind in kinds ? t(kinds[kind as keyof typeof kinds]) : t("identity.device")}: {value}{" "}
              <span className={css.muted}>{t(`merge.${place}`)}</span>
            </li>
          ))}
          {found.tags.length > 0 && <li>{t("merge.tags", { tags: found.tags.join(", ") })}</li>}
          {things.map(({ what, count }) => (
            <li key={what}>{sayThing(what, count)}</li>
          ))}
          {found.twice > 0 && <li className={css.muted}>{t("merge.twice", { count: found.twice })}</li>}
        </ul>
      </section>
      <section>
        <h3>{t("merge.consents")}</h3>
        <ul>
          {stricter.map(({ topic, channel, after }) => (
            <li key={`${topic} ${channel}`}>
              {t("consent.of", { topic, channel: sayChannel(t, channel) })}: {t(`consent.${after}`)}
            </li>
          ))}
          {found.tracking_after !== found.tracking_kept && (
            <li>
              {t("consent.tracking")}: {t(found.tracking_after ? "consent.granted" : "consent.withdrawn")}
            </li>
          )}
          {stricter.length === 0 && found.tracking_after === found.tracking_kept && <li>{t("merge.same")}</li>}
        </ul>
      </section>
    </>
  );
}
