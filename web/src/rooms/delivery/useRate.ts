import { useEffect, useRef, useState } from "react";

const WINDOW = 12_000;

/** How fast a count grows, per second, over the last dozen seconds; 0 while it is not known. */
export function useRate(count: number, running: boolean): number {
  const seen = useRef<{ at: number; count: number }[]>([]);
  const [rate, setRate] = useState(0);
  useEffect(() => {
    if (!running) {
      seen.current = [];
      setRate(0);
      return;
    }
    const now = Date.now();
    seen.current = [...seen.current.filter(({ at }) => now - at < WINDOW), { at: now, count }];
    const first = seen.current[0];
    if (!first || now - first.at < 1500) return;
    setRate((count - first.count) / ((now - first.at) / 1000));
  }, [count, running]);
  return rate;
}
