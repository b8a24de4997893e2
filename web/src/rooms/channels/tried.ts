import type { Shape } from "@/api/schema";
import { useT } from "./useT";

type Fault = NonNullable<Shape<"ConnectionTest">["fault"]>;

/** What came of trying a mail server, in the reader's language; `at` is where it was tried. */
export function useTried() {
  const t = useT();
  return (fault: Fault, said: string, at: { host: string; port: number }) => {
    const { host } = at;
    const port = String(at.port);
    switch (fault) {
      case "timeout":
        return t("tried.timeout", { host, port });
      case "not_allowed":
        return t("tried.not_allowed", { host });
      case "unreachable":
        return t("tried.unreachable", { host, port, said });
      case "tls":
        return t("tried.tls", { host, port, said });
      case "certificate":
        return t("tried.certificate", { host, said });
      case "refused":
        return t("tried.refused", { host, said });
      case "greeting":
        return t("tried.greeting", { host, said });
      case "no_starttls":
        return t("tried.no_starttls", { host, port });
      case "starttls":
        return t("tried.starttls", { host, said });
      case "unprotected":
        return t("tried.unprotected");
      case "no_sign_in":
        return t("tried.no_sign_in", { host });
      case "sign_in":
        return t("tried.sign_in", { host, said });
      case "folder":
        return t("tried.folder", { host, said });
      case "full":
        return t("tried.full", { host });
      case "lost":
        return t("tried.lost", { host, port, said });
    }
  };
}
