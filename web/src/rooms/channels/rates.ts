/** Domains with their messages a minute, a line each. */
export function ratesOut(rates: Record<string, number>) {
  return Object.entries(rates)
    .map(([domain, rate]) => `${domain} ${rate}`)
    .join("\n");
}

/** The same as it was typed; a line without a number asks for 0, which the server refuses with its reason. */
export function ratesIn(text: string) {
  const lines = text.split("\n").map((line) => line.trim());
  return Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const [domain = "", rate = ""] = line.split(/[\s:=]+/);
      return [domain, Math.round(Number(rate)) || 0];
    }),
  );
}
