import { useGet } from "@/api/hooks";
import type { Shape } from "@/api/schema";
import { A } from "@/lib/links";
import type { ReviewProps } from "@/lib/rooms";
import { Await } from "@/ui/states";
import { Name, When } from "@/ui/values";
import { useDeed } from "../deed";
import shared from "../teamwork.module.css";
import { useT } from "../useT";
import css from "./Happened.module.css";

type Campaign = Shape<"ReviewHappened">;

/** What happened, campaign by campaign: launches, approvals, moves and states in words, the rest counted. */
export default function Happened({ from, to }: ReviewProps) {
  const t = useT();
  const happened = useGet("/reviews/happened", { query: { first: from, last: to } });
  return (
    <Await query={happened} lines={3}>
      {(campaigns) =>
        campaigns.length === 0 ? (
          <p className={shared.none}>{t("happened.none")}</p>
        ) : (
          <>
            {campaigns.map((one) => (
              <InCampaign key={one.campaign_id} one={one} />
            ))}
          </>
        )
      }
    </Await>
  );
}

function InCampaign({ one }: { one: Campaign }) {
  const t = useT();
  const deed = useDeed();
  const others = one.changes - one.lines.length;
  const rest = [
    others > 0 && t(one.lines.length ? "happened.others" : "happened.changed", { count: others }),
    one.comments > 0 && t("happened.said", { count: one.comments }),
  ].filter(Boolean);
  return (
    <section className={css.happened} aria-label={one.name}>
      <h3>
        <A to={`/campaigns/${one.campaign_id}`}>{one.name}</A>
      </h3>
      {one.lines.length > 0 && (
        <ol>
          {one.lines.map((line) => (
            <li key={line.id}>
              {deed(line)}{" "}
              <small>
                <Name>{line.actor}</Name> · <When at={line.at} />
              </small>
            </li>
          ))}
        </ol>
      )}
      {rest.length > 0 && (
        <p className={shared.none}>{t("happened.rest", { what: rest.join(", "), people: one.people })}</p>
      )}
    </section>
  );
}
