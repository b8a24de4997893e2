import { Switch, TextInput } from "@mantine/core";
import { Fragment } from "react";
import { useT } from "../useT";
import type { Touchpoint } from "../words";
import css from "./touchpoints.module.css";

type Tags = NonNullable<Touchpoint["utm"]>;
const parts = ["source", "medium", "campaign", "content"] as const;

/** What the links carry for the analytics of the website; an empty field takes the usual value, which it shows. */
export function LinkTags(props: {
  value: Touchpoint["utm"];
  /** What is added as it is stored: `utm_…` and values. */
  usual: Touchpoint["link_tags"];
  disabled: boolean;
  onChange: (value: Tags | null, now?: boolean) => void;
}) {
  const { value, usual, disabled, onChange } = props;
  const t = useT();
  const added = Object.entries(usual).map(([name, tag]) => `${name}=${tag}`);
  return (
    <>
      <Switch
        label={t("plan.links.on")}
        description={t("plan.links.note")}
        checked={value !== null}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked ? {} : null, true)}
      />
      {value && (
        <>
          <div className={css.pair}>
            {parts.map((part) => (
              <TextInput
                key={part}
                label={t(`plan.links.${part}`)}
                placeholder={value[part] ? "" : usual[`utm_${part}`]}
                value={value[part] ?? ""}
                maxLength={100}
                disabled={disabled}
                onChange={(event) => onChange({ ...value, [part]: event.currentTarget.value })}
              />
            ))}
          </div>
          {added.length > 0 && (
            <code className={css.tags}>
              {added.map((tag, index) => (
                <Fragment key={tag}>
                  <wbr />
                  {index ? "&" : "?"}
                  {tag}
                </Fragment>
              ))}
            </code>
          )}
        </>
      )}
    </>
  );
}
