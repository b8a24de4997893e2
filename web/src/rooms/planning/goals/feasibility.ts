/** How much of something one reachable person brought in past campaigns: the usual, and what is low and high. */
export interface PerPerson {
  low: number;
  usual: number;
  high: number;
}

export interface Needed {
  /** People at the usual rate; undefined when that rate is 0. */
  usual: number | undefined;
  /** People at the best and at the worst usual rate; undefined when it never comes to anything. */
  least: number | undefined;
  most: number | undefined;
}

/** How many reachable people a target needs: target ÷ what one person brings, rounded up to whole people. */
export function neededPeople(target: number, rate: PerPerson): Needed {
  const people = (each: number) => (each > 0 ? Math.ceil(Number((target / each).toPrecision(12))) : undefined);
  return { usual: people(rate.usual), least: people(rate.high), most: people(rate.low) };
}

/** Whether an audience is enough: surely (even at the low rate), perhaps (only at the high one), or not. */
export function enough(reachable: number, { least, usual, most }: Needed): "yes" | "usually" | "hardly" | "no" {
  if (most !== undefined && reachable >= most) return "yes";
  if (usual !== undefined && reachable >= usual) return "usually";
  return least !== undefined && reachable >= least ? "hardly" : "no";
}

/** How a rate that is to be reached lies beside those that were: beyond all, above the usual, or usual. */
export function beside(target: number, past: PerPerson, lowerIsBetter: boolean): "beyond" | "ambitious" | "usual" {
  const [best, middle] = lowerIsBetter ? [past.low, past.usual] : [past.high, past.usual];
  const better = (one: number, other: number) => (lowerIsBetter ? one < other : one > other);
  if (better(target, best)) return "beyond";
  return better(target, middle) ? "ambitious" : "usual";
}
