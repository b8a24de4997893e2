import { useGet } from "@/api/hooks";
import shared from "./delivery.module.css";
import { useT } from "./useT";

/** Why nobody here can know what came back, and what “sent” therefore means: the server's word, or the sandbox's. */
export function NothingComesBack() {
  const t = useT();
  const sandbox = useGet("/email/settings", {}).data?.provider === "sandbox";
  return <p className={shared.later}>{t(sandbox ? "bounced.sandbox" : "bounced.unknown")}</p>;
}
