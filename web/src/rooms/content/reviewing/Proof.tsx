import { useElementSize } from "@mantine/hooks";
import { useCallback, useRef, useState } from "react";
import type { Shape } from "@/api/schema";
import { inScheme } from "../PreviewFrame";
import css from "./Proof.module.css";
import { type Block, blocksOf, type Pin, type Place, placeNow, quoteAt } from "./places";
import { useT } from "./useT";

export type Version = Shape<"ReviewVersionOut">;

const WIDTHS = { desktop: 640, phone: 375 } as const;
/** Until a mail has said how high it is. */
const FIRST_HEIGHT = 480;

interface Props {
  version: Version;
  device: Place["device"];
  /** Numbered pins of this device; none where versions are compared. */
  pins?: (Pin & { number: number })[];
  /** The place that is being remarked on. */
  chosen?: Place | undefined;
  onPlace?: (place: Place) => void;
  onPin?: (pin: Pin) => void;
  onBlocks?: (blocks: Block[]) => void;
}

/**
 * A version at its full height, with what is said about it pinned where it points. The frame may run nothing: it has our
 * origin only so that we can measure it and read the words at a point; without `allow-scripts` it reaches nothing of ours.
 */
export function Proof({ version, device, pins = [], chosen, onPlace, onPin, onBlocks }: Props) {
  const t = useT();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [blocks, setBlocks] = useState<Block[]>([]);
  const stage = useElementSize();
  const width = WIDTHS[device];
  const scale = stage.width ? Math.min(1, stage.width / width) : 1;
  const measure = useCallback(() => {
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    setHeight(Math.max(page.body.scrollHeight, page.documentElement.offsetHeight));
    const found = blocksOf(page, width);
    setBlocks(found);
    onBlocks?.(found);
  }, [width, onBlocks]);
  const point = (event: React.MouseEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const [left, top] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
    const page = frame.current?.contentDocument;
    onPlace?.({
      device,
      x: Math.min(1, Math.max(0, left / width)),
      y: Math.max(0, Math.round(top)),
      quote: page ? quoteAt(page, left, top) : "",
    });
  };
  const at = ({ x, y }: { x: number; y: number }) => ({ left: x * width * scale, top: y * scale });
  const shown = pins.flatMap((pin) => {
    const place = placeNow(pin, version.number, blocks);
    return place ? [{ pin, place }] : [];
  });
  return (
    <div className={css.stage} ref={stage.ref}>
      <div className={css.page} style={{ width: width * scale, height: height * scale }}>
        {version.picture ? (
          <img
            src={version.picture}
            alt={version.subject}
            style={{ width: width * scale }}
            onLoad={(event) => setHeight(event.currentTarget.getBoundingClientRect().height / scale)}
          />
        ) : (
          <iframe
            key={device}
            ref={frame}
            title={t("proof.frame", { number: version.number })}
            sandbox="allow-same-origin"
            referrerPolicy="no-referrer"
            scrolling="no"
            tabIndex={-1}
            style={{ width, height, transform: scale < 1 ? `scale(${scale})` : undefined }}
            srcDoc={inScheme(version.html, false)}
            onLoad={measure}
          />
        )}
        {onPlace && <button type="button" className={css.cover} tabIndex={-1} aria-hidden="true" onClick={point} />}
        {shown.map(({ pin, place }) => (
          <button
            key={pin.comment_id}
            type="button"
            className={css.pin}
            style={at(place)}
            aria-label={t("pin", { number: pin.number })}
            onClick={() => onPin?.(pin)}
          >
            {pin.number}
          </button>
        ))}
        {chosen && chosen.device === device && chosen.x !== null && chosen.y !== null && (
          <span className={css.chosen} style={at({ x: chosen.x, y: chosen.y })} />
        )}
      </div>
    </div>
  );
}
