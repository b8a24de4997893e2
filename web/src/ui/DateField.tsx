import { TextInput } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { DayProps, InstantProps } from "./DatePickers";

// The picker is as heavy as a page, and most pages have their dates behind a button.
const Day = lazy(() => import("./DatePickers").then((found) => ({ default: found.DayPicker })));
const Instant = lazy(() => import("./DatePickers").then((found) => ({ default: found.InstantPicker })));

/** A calendar day, typed or picked. */
export function DayField(props: DayProps) {
  return (
    <Suspense fallback={<Coming {...props} />}>
      <Day {...props} />
    </Suspense>
  );
}

/** A day and time in the workspace's zone, which is named under the field; gives the instant in UTC. */
export function InstantField(props: InstantProps) {
  return (
    <Suspense fallback={<Coming {...props} />}>
      <Instant {...props} />
    </Suspense>
  );
}

/** Holds a field's place. */
function Coming({ label, description, required }: DayProps | InstantProps) {
  return <TextInput label={label} description={description} required={required} readOnly value="" />;
}
