import { useT } from "../useT";

const known = [
  "no_consent",
  "unsubscribed",
  "no_address",
  "suppressed",
  "erased",
  "holdout",
  "over_limit",
  "no_topic",
] as const;

/** Why somebody does not get it, as it reads after a number: "512 no consent". */
export function useWithheld(): (reason: string) => string {
  const t = useT();
  return (reason) => {
    const found = known.find((one) => one === reason);
    return found ? t(`withheld.${found}`) : reason.replaceAll("_", " ");
  };
}
