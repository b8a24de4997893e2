import { IconCircleOff } from "@tabler/icons-react";
import { useGet } from "@/api/hooks";
import { Facts, Section } from "@/ui/Page";
import { StateBadge, Tag } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import { When } from "@/ui/values";
import type { Attribute } from "../imports/types";
import { useT } from "../useT";
import { AttributeValue } from "../values";
import { sayChannel } from "./Consent";
import css from "./person.module.css";

/** A look at one person beside the list. */
export function PersonPanel({ id }: { id: number }) {
  const t = useT();
  const person = useGet("/people/{person_id}", { path: { person_id: id } }, { keep: false });
  const attributes = (useGet("/attributes", {}, { slow: true }).data ?? []) as Attribute[];
  return (
    <Await query={person}>
      {(found) => (
        <>
          <Facts
            items={[
              ...(["email", "phone", "external_id"] as const).flatMap((kind): [string, string][] => {
                const value = found[kind];
                return value ? [[t(`target.${kind}`), value]] : [];
              }),
              [t("person.since"), <When key="since" at={found.created_at} absolute />],
            ]}
          />
          {found.tags.length > 0 && (
            <p className={css.meaning}>
              {found.tags.map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </p>
          )}
          <Section title={t("attributes.title")}>
            <Facts
              items={attributes
                .filter(({ key }) => found.attributes[key] !== undefined)
                .map(({ key, label, type }) => [
                  label,
                  <AttributeValue key={key} type={type} value={found.attributes[key]} />,
                ])}
            />
          </Section>
          <Section title={t("consent.title")}>
            <Facts
              items={found.consents.map(({ topic, channel, state }) => [
                t("consent.of", { topic: topic.name, channel: sayChannel(t, channel) }),
                <StateBadge
                  key={`${channel} ${topic.id}`}
                  plain
                  tone={state === "granted" ? "good" : "quiet"}
                  icon={state === "withdrawn" ? IconCircleOff : undefined}
                >
                  {t(`consent.${state ?? "never"}`)}
                </StateBadge>,
              ])}
            />
          </Section>
        </>
      )}
    </Await>
  );
}
