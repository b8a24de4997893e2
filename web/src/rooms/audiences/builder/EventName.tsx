import { Autocomplete } from "@mantine/core";
import shared from "./builder.module.css";

/** The name of an event, of those that have come or any other. */
export function EventName({
  label,
  name,
  events,
  onChange,
}: {
  label: string;
  name: string;
  events: string[];
  onChange: (name: string) => void;
}) {
  return (
    <Autocomplete
      className={shared.text}
      aria-label={label}
      placeholder={label}
      data={events}
      value={name}
      onChange={onChange}
    />
  );
}
