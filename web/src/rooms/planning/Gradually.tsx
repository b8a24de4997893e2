import { type ElementType, type ReactNode, useEffect, useMemo, useRef, useState } from "react";

const PIECE = 16;
const NEAR = "800px";

interface Props<Row> {
  rows: Row[];
  /** About how tall a row is, in pixels, until it is drawn. */
  height: number | ((row: Row) => number);
  /** What stands for rows that are not drawn yet; a list's is an item. */
  tag?: ElementType;
  /** A row; it brings its own key. */
  children: (row: Row) => ReactNode;
}

/**
 * The rows of a long list, made in pieces as one comes near them, so that thousands are there at once. Rows may be as
 * tall as they like, and what was drawn stays, with the focus and whatever is open in it. Short lists are whole.
 */
export function Gradually<Row>({ rows, height, tag = "li", children }: Props<Row>) {
  const pieces = useMemo(() => {
    const found: Row[][] = [];
    for (let at = 0; at < rows.length; at += PIECE) found.push(rows.slice(at, at + PIECE));
    return found;
  }, [rows]);
  const tall = (piece: Row[]) =>
    typeof height === "number" ? piece.length * height : piece.reduce((sum, row) => sum + height(row), 0);
  return pieces.map((piece, at) => (
    <Piece key={at} begun={at === 0} tag={tag} height={tall(piece)}>
      {() => piece.map((row) => children(row))}
    </Piece>
  ));
}

interface PieceProps {
  begun: boolean;
  tag: ElementType;
  height: number;
  children: () => ReactNode;
}

function Piece({ begun, tag: Tag, height, children }: PieceProps) {
  const [near, setNear] = useState(begun);
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (near || !place.current) return;
    // The first margin is for lists that scroll with the page, the second for those that scroll by themselves.
    const around = { rootMargin: NEAR, scrollMargin: NEAR };
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && setNear(true), around);
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [near]);
  return near ? children() : <Tag ref={place} aria-hidden="true" style={{ height }} />;
}
