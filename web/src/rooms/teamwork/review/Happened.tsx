import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { Await } from "@/ui/states";
import { Num } from "@/ui/values";
import css from "../teamwork.module.css";
import { useT } from "../useT";
import { ReviewTable } from "./ReviewTable";

/** How much happened where: changes and comments by campaign. */
export default function Happened({ from, to }: ReviewProps) {
  const t = useT();
  const activity = useGet("/activity", { query: { first: from, last: to } });
  return (
    <Await query={activity} lines={3}>
      {({ campaigns }) =>
        campaigns.length === 0 ? <p className={css.none}>{t("happened.none")}</p> : <Table campaigns={campaigns} />
      }
    </Await>
  );
}

function Table({ campaigns }: Pick<Shape<"ActivitySummary">, "campaigns">) {
  const t = useT();
  return (
    <ReviewTable
      rows={campaigns}
      heads={[
        { label: t("happened.campaign") },
        { label: t("happened.changes") },
        { label: t("happened.comments") },
        { label: t("happened.people") },
      ]}
    >
      {(one) => (
        <tr key={one.campaign_id}>
          <th scope="row">
            <A to={`/campaigns/${one.campaign_id}`}>{one.name}</A>
          </th>
          <td>
            <Num value={one.changes} />
          </td>
          <td>
            <Num value={one.comments} />
          </td>
          <td>
            <Num value={one.people} />
          </td>
        </tr>
      )}
    </ReviewTable>
  );
}
