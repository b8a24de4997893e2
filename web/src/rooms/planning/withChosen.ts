/** Options of a field; what is chosen stays among them when it is archived or on a later page. */
export function withChosen<T extends { value: string; label: string }>(
  options: T[],
  chosen: { id: string | number; name: string } | null,
) {
  if (!chosen || options.some(({ value }) => value === String(chosen.id))) return options;
  return [{ value: String(chosen.id), label: chosen.name }, ...options];
}
