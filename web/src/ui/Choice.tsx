import { useState } from "react";

interface ChoiceProps {
  label: string;
  value: string;
  shown: string;
  options: () => [string, string][];
  onChoose: (value: string) => void;
}

/** A select that makes its options when one comes to it: hundreds of lines with all of them would scroll badly. */
export function Choice({ label, value, shown, options, onChoose }: ChoiceProps) {
  const [near, setNear] = useState(false);
  return (
    <select
      aria-label={label}
      value={value}
      onFocus={() => setNear(true)}
      onPointerEnter={() => setNear(true)}
      onChange={(event) => onChoose(event.currentTarget.value)}
    >
      {(near ? options() : [[value, shown]]).map(([id, name]) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}
