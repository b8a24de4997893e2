import { type ComponentProps, lazy, Suspense } from "react";
import { SkeletonLines } from "../states";

const line = () => import("./LineChart");
const bar = () => import("./BarChart");
const LazyLine = lazy(line);
const LazyBar = lazy(bar);

/** Fetches the charts' code while the page still waits for its numbers. */
export function warmCharts() {
  void line();
  void bar();
}

/** A line chart; its code arrives when the first one is shown. Put it into a `Figure`. */
export function LineChart(props: ComponentProps<typeof LazyLine>) {
  return (
    <Suspense fallback={<SkeletonLines lines={1} height={props.height ?? 260} />}>
      <LazyLine {...props} />
    </Suspense>
  );
}

/** A bar chart; its code arrives when the first one is shown. Put it into a `Figure`. */
export function BarChart(props: ComponentProps<typeof LazyBar>) {
  return (
    <Suspense fallback={<SkeletonLines lines={1} height={props.height ?? 160} />}>
      <LazyBar {...props} />
    </Suspense>
  );
}

export { Figure } from "./Figure";
export type { Series } from "./parts";
export { Sparkline } from "./Sparkline";
