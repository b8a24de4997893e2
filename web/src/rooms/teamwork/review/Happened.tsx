import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { Await } from "@/ui/states";
import { Num } from "@/ui/values";
import css from "../teamwork.module.css";
import { useT } from "../useT";
import { useFold } from "./useFold";

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
  const { shown, rest } = useFold(campaigns);
  return (
    <div className={css.scroll}>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t("happened.campaign")}</th>
            <th scope="col">{t("happened.changes")}</th>
            <th scope="col">{t("happened.comments")}</th>
            <th scope="col">{t("happened.people")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
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
          ))}
        </tbody>
      </table>
      {rest}
    </div>
  );
}
