import { Button } from "@mantine/core";
import { useGet, useSend } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import { useMay } from "@/lib/workspace";
import { StateBadge } from "@/ui/StateBadge";
import { FormError } from "@/ui/states";
import { say } from "@/ui/tray";
import { When } from "@/ui/values";
import type { Attribute } from "../imports/types";
import { useT } from "../useT";
import { AttributeValue, personName } from "../values";
import css from "./duplicates.module.css";

type Duplicate = Shape<"DuplicateOut">;
type Person = Duplicate["first"];

/** Two people who may be one, side by side; what differs is bold. */
export function Pair({ pair, onMerge }: { pair: Duplicate; onMerge: () => void }) {
  const t = useT();
  const may = useMay("people.write");
  const attributes = (useGet("/attributes", {}, { slow: true }).data ?? []) as Attribute[];
  const apart = useSend("post", "/duplicates/apart", { onSuccess: () => say(t("dup.apart.done")) });
  const { first, second } = pair;
  const known = attributes.filter(
    ({ key }) => first.attributes[key] !== undefined || second.attributes[key] !== undefined,
  );
  const row = (key: string, label: string, cell: (person: Person) => React.ReactNode, differs: boolean) => (
    <tr key={key} className={differs ? css.differs : undefined}>
      <th scope="row">{label}</th>
      <td>{cell(first)}</td>
      <td>{cell(second)}</td>
    </tr>
  );
  return (
    <li className={css.pair}>
      <div className={css.head}>
        <StateBadge plain tone="waiting">
          {t(`dup.kind.${pair.kind}`)}
        </StateBadge>
        {may && (
          <div className={css.acts}>
            <Button
              size="xs"
              variant="default"
              loading={apart.isPending}
              onClick={() => apart.mutate({ body: { first_id: first.id, second_id: second.id } })}
            >
              {t("dup.apart")}
            </Button>
            <Button size="xs" onClick={onMerge}>
              {t("dup.compare")}
            </Button>
          </div>
        )}
      </div>
      <FormError error={apart.error} />
      <table className={css.sides}>
        <thead>
          <tr>
            <th aria-label={t("list.person")} />
            {[first, second].map((one) => (
              <td key={one.id}>
                <A to={`/people/${one.id}`}>{personName(one)}</A>
              </td>
            ))}
          </tr>
        </thead>
        <tbody>
          {(["email", "phone", "external_id"] as const)
            .filter((kind) => first[kind] || second[kind])
            .map((kind) => row(kind, t(`target.${kind}`), (one) => one[kind] ?? "–", first[kind] !== second[kind]))}
          {known.map(({ key, label, type }) =>
            row(
              `attribute ${key}`,
              label,
              (one) => <AttributeValue type={type} value={one.attributes[key]} />,
              first.attributes[key] !== second.attributes[key],
            ),
          )}
          {row(
            "since",
            t("person.since"),
            (one) => (
              <When at={one.created_at} absolute />
            ),
            false,
          )}
        </tbody>
      </table>
    </li>
  );
}
