import { Checkbox } from "@mantine/core";
import css from "./Checklist.module.css";
import type en from "./messages/en.json";
import { useT } from "./useT";
import { type Channel, type CheckPoint, useChannels } from "./words";

type PointCode = keyof typeof en extends infer Key ? (Key extends `point.${infer Code}` ? Code : never) : never;

const parts = ["address", "format", "size", "measure"] as const;

interface Props {
  channel: Channel;
  ticked?: readonly string[];
  /** Without it the points are only told. */
  onTick?: (ticked: string[]) => void;
}

/** What a channel asks for, point by point, each with who says so. */
export function Checklist({ channel, ticked = [], onTick }: Props) {
  const t = useT();
  const points = useChannels()(channel)?.checklist ?? [];
  return (
    <div className={css.checklist}>
      {parts.map((part) => {
        const of = points.filter((point) => point.part === part);
        if (!of.length) return null;
        return (
          <section key={part} aria-label={t(`part.${part}`)}>
            <h4>{t(`part.${part}`)}</h4>
            <ul>
              {of.map((point) => {
                const words = t.told(`point.${point.code.replace(".", "_") as PointCode}`, point.values);
                return (
                  <li key={point.code}>
                    {onTick ? (
                      <Checkbox
                        size="sm"
                        label={words}
                        checked={ticked.includes(point.code)}
                        onChange={({ currentTarget }) =>
                          onTick(
                            currentTarget.checked
                              ? [...ticked, point.code]
                              : ticked.filter((code) => code !== point.code),
                          )
                        }
                      />
                    ) : (
                      <span>{words}</span>
                    )}
                    <Source point={point} />
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Source({ point: { source } }: { point: CheckPoint }) {
  const t = useT();
  if (!source) return null;
  if (!source.startsWith("https://")) return <small>{source}</small>;
  return (
    <small>
      <a href={source} target="_blank" rel="noreferrer noopener" aria-label={t("source.of", { site: source })}>
        {new URL(source).hostname.replace(/^www\./, "")}
      </a>
    </small>
  );
}
