const kept = new Map<string, unknown>();

/** What is made once for its name: making a way to write numbers or days costs more than writing hundreds with it. */
export function keep<T>(name: string, make: () => T): T {
  if (!kept.has(name)) kept.set(name, make());
  return kept.get(name) as T;
}
