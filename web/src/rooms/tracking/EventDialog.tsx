import { Button, Textarea } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { useFormat } from "@/lib/format";
import { useMay } from "@/lib/workspace";
import { PersonPicker } from "@/rooms/teamwork/PersonPicker";
import { Act } from "@/ui/Act";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { Facts, Section } from "@/ui/Page";
import { StateBadge } from "@/ui/StateBadge";
import { Await, FormError } from "@/ui/states";
import { Unknown, When } from "@/ui/values";
import css from "./tracking.module.css";
import { useT } from "./useT";

type View = Shape<"EventKindViewOut">;
type Type = "text" | "number" | "boolean" | "list" | "object";

/** One event: its rhythm, its properties with their types, who answers for it and what it means. */
export function EventDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const kind = useGet("/events/catalogue/{kind_id}", { path: { kind_id: id } });
  return (
    <Dialog opened side size={560} onClose={onClose} title={kind.data?.name ?? t("events.one")}>
      <Await query={kind}>{(view) => <Inside key={view.id} view={view} onClose={onClose} />}</Await>
    </Dialog>
  );
}

function Inside({ view, onClose }: { view: View; onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const may = useMay("people.write");
  const [owner, setOwner] = useState<string | null>(view.owner?.id ?? null);
  const [description, setDescription] = useState(view.description);
  const save = useSend("put", "/events/catalogue/{kind_id}", { onSuccess: onClose });
  return (
    <div className={css.dialog}>
      {view.stopped && <StateBadge tone="bad">{t("events.stopped.why")}</StateBadge>}
      <Facts
        items={[
          [t("events.first"), <When key="first" at={view.first_at} />],
          [t("events.newest"), <When key="last" at={view.last_at} />],
          [t("events.count"), format.number(view.count)],
          [
            t("events.pause"),
            view.longest_pause ? format.duration(view.longest_pause) : <Unknown why={t("events.pause.why")} />,
          ],
        ]}
      />
      <Properties view={view} may={may} />
      {may && (
        <form
          className={css.dialog}
          onSubmit={(event) => {
            event.preventDefault();
            const body = { version: view.version, owner_id: owner, description };
            save.mutate({ path: { kind_id: view.id }, body });
          }}
        >
          <PersonPicker
            label={t("source.owner")}
            value={owner}
            onChange={setOwner}
            guests={false}
            formerName={view.owner?.name}
          />
          <Textarea
            label={t("events.description")}
            description={t("events.description.note")}
            autosize
            minRows={2}
            maxLength={2000}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <FormError error={save.error} />
          <FormFoot>
            <Act type="submit" loading={save.isPending}>
              {t("source.save")}
            </Act>
          </FormFoot>
        </form>
      )}
    </div>
  );
}

function Properties({ view, may }: { view: View; may: boolean }) {
  const t = useT();
  const format = useFormat();
  const settle = useSend("post", "/events/catalogue/{kind_id}/settle");
  const names = [...new Set(view.shapes.map(({ property }) => property))];
  return (
    <Section
      title={t("events.properties")}
      action={
        may &&
        view.unusual > 0 && (
          <Button
            size="xs"
            variant="default"
            loading={settle.isPending}
            onClick={() => settle.mutate({ path: { kind_id: view.id } })}
          >
            {t("events.settle")}
          </Button>
        )
      }
    >
      {names.length === 0 ? (
        <p className={css.muted}>{t("events.properties.none")}</p>
      ) : (
        <ul className={css.properties}>
          {names.map((name) => (
            <li key={name}>
              <code>{name}</code>
              <span>
                {view.shapes
                  .filter(({ property }) => property === name)
                  .map(({ type, count, unusual }) => (
                    <StateBadge key={type} tone={unusual ? "look" : "quiet"} plain={!unusual}>
                      {t("events.type", { type: t(`type.${type as Type}`), count: format.number(count) })}
                    </StateBadge>
                  ))}
              </span>
            </li>
          ))}
        </ul>
      )}
      <FormError error={settle.error} />
    </Section>
  );
}
