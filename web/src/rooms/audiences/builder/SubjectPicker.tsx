import { Combobox, useCombobox } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { matches } from "@/lib/text";
import { useT } from "../useT";
import css from "./builder.module.css";
import type { Subject } from "./subjects";

interface Props {
  subjects: Subject[];
  onPick: (subject: Subject) => void;
  /** The button; it gets what it needs to open the list. */
  children: (button: { onClick: () => void; "aria-expanded": boolean }) => ReactNode;
}

/** What a condition is about: a list in groups, found by typing. */
export function SubjectPicker({ subjects, onPick, children }: Props) {
  const t = useT();
  const [text, setText] = useState("");
  const combobox = useCombobox({
    onDropdownOpen: () => {
      setText("");
      combobox.focusSearchInput();
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
    },
  });
  const found = subjects.filter(({ label, group }) => matches(`${label} ${group}`, text));
  const groups = [...new Set(found.map(({ group }) => group))];
  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={300}
      onOptionSubmit={(id) => {
        const subject = subjects.find((one) => one.id === id);
        combobox.closeDropdown();
        if (subject) onPick(subject);
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        {children({ onClick: () => combobox.toggleDropdown(), "aria-expanded": combobox.dropdownOpened }) as never}
      </Combobox.Target>
      <Combobox.Dropdown className={css.subjects}>
        <Combobox.Search
          value={text}
          placeholder={t("subject.find")}
          aria-label={t("subject.find")}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
        <Combobox.Options mah={320} style={{ overflowY: "auto" }} aria-label={t("subject.find")}>
          {groups.map((group) => (
            <Combobox.Group key={group} label={group}>
              {found
                .filter((one) => one.group === group)
                .map(({ id, label, icon: Icon }) => (
                  <Combobox.Option key={id} value={id} className={css.subject}>
                    <Icon size={15} stroke={1.7} />
                    {label}
                  </Combobox.Option>
                ))}
            </Combobox.Group>
          ))}
          {found.length === 0 && <Combobox.Empty>{t("subject.none")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
