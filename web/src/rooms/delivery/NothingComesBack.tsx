import { useGet } from "@/api/hooks";
import shared from "./delivery.module.css";
import { useT } from "./useT";

/** Whether mail that comes back is heard of; where not, what “sent” therefore means: the server's word, or the sandbox's. */
export function NothingComesBack() {
  const t = useT();
  const settings = useGet("/email/settings", {}).data;
  const why = settings?.hears_back ? "heard" : settings?.provider === "sandbox" ? "sandbox" : "unknown";
  return <p className={shared.later}>{t(`bounced.${why}`)}</p>;
}
