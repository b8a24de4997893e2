import { Button, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { Section } from "@/ui/Page";
import { Tag } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import { Unknown, When } from "@/ui/values";
import { AttributeField } from "../fields";
import type { Attribute } from "../imports/types";
import { useT } from "../useT";
import { AttributeValue } from "../values";
import { EditableFact } from "./EditableFact";
import css from "./person.module.css";
import type { Profile } from "./types";

const primary = ["email", "phone", "external_id"] as const;

/** Who the person is: the primary addresses and ids, and those kept beside. */
export function Identities({ person }: { person: Profile }) {
  const t = useT();
  const may = useMay("people.write");
  const change = useSend("patch", "/people/{person_id}");
  return (
    <Section title={t("person.identities")}>
      <dl className={css.facts}>
        {primary.map((kind) => (
          <EditableFact<string>
            key={kind}
            label={t(`target.${kind}`)}
            value={person[kind] ?? ""}
            may={may}
            shown={person[kind] ?? <Unknown why={t("notKnown")} />}
            field={(value, set) => (
              <TextInput
                autoFocus
                aria-label={t(`target.${kind}`)}
                type={kind === "email" ? "email" : "text"}
                value={value}
                maxLength={320}
                onChange={(event) => set(event.currentTarget.value)}
              />
            )}
            onSave={(value) =>
              change.mutateAsync({ path: { person_id: person.id }, body: { [kind]: value.trim() || null } })
            }
          />
        ))}
        {person.identities.map(({ kind, value }) => (
          <div key={`${kind} ${value}`} className={css.fact}>
            <dt>
              {kind === "email" || kind === "phone"
                ? t(`identity.${kind}`)
                : kind === "external"
                  ? t("target.external_id")
                  : t("identity.device")}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div className={css.fact}>
          <dt>{t("person.since")}</dt>
          <dd>
            <When at={person.created_at} absolute />
          </dd>
        </div>
      </dl>
    </Section>
  );
}

/** What is kept about the person; each value is edited in place. */
export function Attributes({ person }: { person: Profile }) {
  const t = useT();
  const may = useMay("people.write");
  const [all, setAll] = useState(false);
  const attributes = (useGet("/attributes", {}, { slow: true }).data ?? []) as Attribute[];
  const change = useSend("patch", "/people/{person_id}");
  const known = attributes.filter(({ key }) => person.attributes[key] !== undefined);
  const shown = all ? attributes : known;
  const hidden = attributes.length - known.length;
  return (
    <Section title={t("attributes.title")}>
      <dl className={css.facts}>
        {shown.map(({ key, label, type, choices }) => (
          <EditableFact<unknown>
            key={key}
            label={label}
            value={person.attributes[key] ?? null}
            may={may}
            shown={<AttributeValue type={type} value={person.attributes[key]} />}
            field={(value, set) => (
              <AttributeField type={type} label={label} choices={choices ?? []} value={value} onChange={set} />
            )}
            onSave={(value) =>
              change.mutateAsync({
                path: { person_id: person.id },
                body: { attributes: { [key]: value as string | number | boolean | null } },
              })
            }
          />
        ))}
      </dl>
      {hidden > 0 && (
        <div>
          <Button size="xs" variant="subtle" color="gray" ml={-10} onClick={() => setAll((now) => !now)}>
            {all ? t("person.onlyKnown") : t("person.showUnknown", { count: hidden })}
          </Button>
        </div>
      )}
      <Undeclared person={person} />
      {attributes.length === 0 && <p className={css.muted}>{t("person.noAttributes")}</p>}
    </Section>
  );
}

/** What events told of the person and no attribute holds yet. */
function Undeclared({ person }: { person: Profile }) {
  const t = useT();
  const told = Object.entries(person.undeclared);
  if (!told.length) return null;
  return (
    <>
      <p className={css.muted}>
        {t("person.undeclared")} <A to="/settings/attributes">{t("person.undeclared.decide")}</A>
      </p>
      <dl className={css.facts}>
        {told.map(([key, value]) => (
          <div key={key} className={css.fact}>
            <dt>
              <code>{key}</code>
            </dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Tags, given and taken at once. */
export function Tags({ person }: { person: Profile }) {
  const t = useT();
  const may = useMay("people.write");
  const known = useGet("/tags", {}, { slow: true }).data ?? [];
  const change = useSend("patch", "/people/{person_id}");
  const tags = change.isPending && change.variables?.body ? next(person.tags, change.variables.body) : person.tags;
  if (!may) {
    return (
      <Section title={t("person.tags")}>
        <p>{tags.length ? tags.map((tag) => <Tag key={tag}>{tag}</Tag>) : t("person.noTags")}</p>
      </Section>
    );
  }
  return (
    <Section title={t("person.tags")}>
      <TagsInput
        aria-label={t("person.tags")}
        placeholder={tags.length ? undefined : t("person.addTag")}
        data={known}
        value={tags}
        acceptValueOnBlur
        maxLength={100}
        onChange={(wanted) =>
          change.mutate({
            path: { person_id: person.id },
            body: {
              add_tags: wanted.filter((tag) => !person.tags.includes(tag)),
              remove_tags: person.tags.filter((tag) => !wanted.includes(tag)),
            },
          })
        }
      />
      <FormError error={change.error} />
    </Section>
  );
}

const next = (tags: string[], { add_tags = [], remove_tags = [] }: { add_tags?: string[]; remove_tags?: string[] }) => [
  ...tags.filter((tag) => !remove_tags.includes(tag)),
  ...add_tags,
];

/** The fixed lists that the person is on. */
export function Lists({ person }: { person: Profile }) {
  const t = useT();
  return (
    <Section title={t("person.lists")}>
      {person.lists.length ? (
        <ul className={css.plain}>
          {person.lists.map(({ id, name }) => (
            <li key={id}>
              <A to={`/audiences/${id}`}>{name}</A>
            </li>
          ))}
        </ul>
      ) : (
        <p className={css.muted}>{t("person.noLists")}</p>
      )}
    </Section>
  );
}
