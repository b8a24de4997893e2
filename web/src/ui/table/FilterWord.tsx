import { Checkbox, Popover, Radio, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { inSentence } from "@/lib/text";
import { useT } from "../useT";
import type { Filter } from "./FilterBar";
import css from "./FilterBar.module.css";

interface Props {
  filter: Filter;
  values: string[];
  open: boolean;
  onClose: () => void;
  onChange: (values: string[] | undefined) => void;
  say: (parts: string[]) => string;
}

/** One clause of the sentence; a click opens what it can be. */
export default function FilterWord({ filter, values, open, onClose, onChange, say }: Props) {
  const t = useT();
  const [opened, setOpened] = useState(open);
  const label = (value: string) => filter.options?.find((option) => option.value === value)?.label ?? value;
  const close = () => {
    setOpened(false);
    onClose();
  };
  const words = values.length ? say(values.map(label)) : "…";
  return (
    <Popover
      opened={opened}
      onChange={(now) => (now ? setOpened(true) : close())}
      position="bottom-start"
      trapFocus
      returnFocus
      width={240}
    >
      <span className={css.word}>
        <Popover.Target>
          <button type="button" onClick={() => (opened ? close() : setOpened(true))}>
            {t.rich("filter.is", { name: inSentence(filter.name), values: <strong>{words}</strong> })}
          </button>
        </Popover.Target>
        <button
          type="button"
          aria-label={t("filter.remove", { name: filter.name })}
          onClick={() => {
            close();
            onChange(undefined);
          }}
        >
          <IconX size={13} />
        </button>
      </span>
      <Popover.Dropdown>
        <div className={css.choices}>
          {!filter.options && (
            <TextInput
              type={filter.type ?? "text"}
              aria-label={filter.name}
              defaultValue={values[0]}
              onChange={(event) => onChange(event.currentTarget.value ? [event.currentTarget.value] : undefined)}
              onKeyDown={(event) => event.key === "Enter" && close()}
            />
          )}
          {filter.options && filter.single && (
            <Radio.Group value={values[0] ?? ""} onChange={(value) => onChange([value])} aria-label={filter.name}>
              {filter.options.map((option) => (
                <Radio key={option.value} value={option.value} label={option.label} size="xs" />
              ))}
            </Radio.Group>
          )}
          {filter.options && !filter.single && (
            <Checkbox.Group value={values} onChange={onChange} aria-label={filter.name}>
              {filter.options.map((option) => (
                <Checkbox key={option.value} value={option.value} label={option.label} size="xs" />
              ))}
            </Checkbox.Group>
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
