import { Button, SegmentedControl, Select } from "@mantine/core";
import { useCallback, useMemo, useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { Comments, useThreads } from "@/rooms/teamwork/Comments";
import { Section } from "@/ui/Page";
import { Tag } from "@/ui/StateBadge";
import { Await } from "@/ui/states";
import css from "./Looking.module.css";
import { Proof } from "./Proof";
import type { Block, Pin, Place } from "./places";
import { useT } from "./useT";
import type { Review } from "./words";

interface Props {
  review: Review;
  shown: number;
  onShow: (version: number) => void;
}

/** A version with the remarks on it: point at a place, or choose one from a list, and say something. */
export function Looking({ review, shown, onShow }: Props) {
  const t = useT();
  const thing = { kind: review.kind, id: review.content_id } as const;
  const of = { kind: review.kind, content_id: review.content_id };
  const version = useGet("/content-reviews/{review_id}/versions/{number}", {
    path: { review_id: review.id, number: shown },
  });
  const pins = useGet("/content-remarks", { query: of }, { every: 20_000 });
  const threads = useThreads(thing);
  const [device, setDevice] = useState<Place["device"]>("desktop");
  const [place, setPlace] = useState<Place>();
  const [blocks, setBlocks] = useState<Block[]>([]);
  const add = useSend("post", "/content-remarks");
  const open = useMemo(
    () => new Set(threads.rows.flatMap(({ id, resolved_at, removed }) => (resolved_at || removed ? [] : [id]))),
    [threads.rows],
  );
  const numbered = useMemo(
    () =>
      [...(pins.data ?? [])]
        .reverse()
        .filter(({ x, quote }) => x !== null || quote)
        .map((pin, at) => ({ ...pin, number: at + 1 })),
    [pins.data],
  );
  const go = useCallback((id: string) => {
    const box = document.getElementById(id);
    box?.scrollIntoView({ block: "center", behavior: "smooth" });
    box?.querySelector<HTMLElement>("button")?.focus({ preventScroll: true });
  }, []);
  const choose = (next: Place) => {
    setPlace(next);
    document.getElementById("review-remarks")?.querySelector("textarea")?.focus();
  };
  const begin = async (body: string) => {
    const at = place ?? { device, x: null, y: null, quote: "" };
    await add.mutateAsync({ body: { ...of, ...at, version: shown, body } });
    setPlace(undefined);
  };
  const pinOf = (id: string) => numbered.find(({ comment_id }) => comment_id === id);
  const show = (pin: Pin) => {
    setDevice(pin.device);
    if (pin.version !== shown && !blocks.some(({ words }) => words === pin.quote)) onShow(pin.version);
    go("review-proof");
  };
  return (
    <div className={css.looking}>
      <div className={css.proof} id="review-proof">
        <div className={css.tools}>
          <Select
            size="xs"
            aria-label={t("version.choose")}
            data={review.versions.map(({ number, by }) => ({
              value: String(number),
              label: by ? t("version.by", { number, by }) : t("version", { number }),
            }))}
            allowDeselect={false}
            value={String(shown)}
            onChange={(value) => value && onShow(Number(value))}
          />
          {review.kind === "template" && (
            <SegmentedControl
              size="xs"
              aria-label={t("device")}
              value={device}
              onChange={(value) => setDevice(value as Place["device"])}
              data={(["desktop", "phone"] as const).map((value) => ({ value, label: t(`device.${value}`) }))}
            />
          )}
        </div>
        <Await query={version} lines={10}>
          {(found) => (
            <>
              {found.html && (
                <div className={css.inbox}>
                  <strong>{found.subject}</strong>
                  {found.preheader && <span>{found.preheader}</span>}
                </div>
              )}
              <Proof
                key={`${found.number} ${device}`}
                version={found}
                device={device}
                pins={numbered.filter((pin) => pin.device === device && open.has(pin.comment_id))}
                chosen={place}
                onPlace={choose}
                onPin={({ comment_id }) => go(`thread-${comment_id}`)}
                onBlocks={setBlocks}
              />
            </>
          )}
        </Await>
      </div>
      <div className={css.remarks} id="review-remarks">
        <Section title={t("remarks")} note={t("remarks.note")}>
          <div className={css.where}>
            {place ? (
              <Tag onRemove={() => setPlace(undefined)} removeLabel={t("place.clear")}>
                {place.quote ? t("place.quote", { quote: place.quote }) : t("place.point")}
              </Tag>
            ) : (
              blocks.length > 0 && (
                <Select
                  size="xs"
                  aria-label={t("place.choose")}
                  placeholder={t("place.choose")}
                  searchable
                  data={blocks.map(({ words }) => words)}
                  value={null}
                  onChange={(words) => {
                    const found = blocks.find((one) => one.words === words);
                    if (found) choose({ device, x: found.x, y: found.y, quote: found.words });
                  }}
                />
              )
            )}
          </div>
          <Comments
            thing={thing}
            begin={begin}
            above={({ id }) => {
              const pin = pinOf(id);
              return (
                pin && (
                  <p className={css.pinned}>
                    <Button size="compact-xs" variant="light" onClick={() => show(pin)}>
                      {t("pin", { number: pin.number })}
                    </Button>
                    {pin.version !== shown && <span>{t("pin.version", { version: pin.version })}</span>}
                    {pin.quote && <q>{pin.quote}</q>}
                  </p>
                )
              );
            }}
          />
        </Section>
      </div>
    </div>
  );
}
