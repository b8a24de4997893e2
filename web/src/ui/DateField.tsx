import { TextInput } from "@mantine/core";
import { useLayoutEffect, useRef } from "react";
import type { DayProps, InstantProps, TimeProps } from "./DatePickers";
import { later } from "./later";

// The picker is as heavy as a page, and most pages have their dates behind a button.
const pickers = () => import("./DatePickers");

/** A calendar day, typed or picked. */
export const DayField = later<DayProps>(
  () => pickers().then((found) => ({ default: found.DayPicker })),
  (props) => <Coming {...props} />,
);

/** A day and time in the workspace's zone, which is named under the field; gives the instant in UTC. */
export const InstantField = later<InstantProps>(
  () => pickers().then((found) => ({ default: found.InstantPicker })),
  (props) => <Coming {...props} />,
);

/** A time of the day, typed: "09:30". */
export const TimeField = later<TimeProps>(
  () => pickers().then((found) => ({ default: found.TimePicker })),
  (props) => <Coming {...props} />,
);

/** Holds a field's place. */
function Coming({ label, description, required, ...rest }: DayProps | InstantProps | TimeProps) {
  const bare = "bare" in rest && rest.bare;
  const named = bare ? { "aria-label": label } : { label };
  const input = useRef<HTMLInputElement>(null);
  // Whoever is in it already goes on in the field that takes its place.
  useLayoutEffect(() => {
    const mine = input.current;
    const place = mine?.closest("[data-coming]");
    const around = place?.parentElement;
    const at = around && place ? [...around.children].indexOf(place) : -1;
    return () => {
      if (!mine || document.activeElement !== mine) return;
      requestAnimationFrame(() => around?.children[at]?.querySelector("input")?.focus({ preventScroll: true }));
    };
  }, []);
  return (
    <TextInput
      {...named}
      ref={input}
      wrapperProps={{ "data-coming": true }}
      description={description}
      required={required}
      readOnly
      value=""
    />
  );
}
