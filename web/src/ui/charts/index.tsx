import { later } from "../later";
import { SkeletonLines } from "../states";

const line = () => import("./LineChart");
const bar = () => import("./BarChart");

/** Fetches the charts' code while the page still waits for its numbers. */
export function warmCharts() {
  void line();
  void bar();
}

/** A line chart; its code arrives when the first one is shown. Put it into a `Figure`. */
export const LineChart = later(line, ({ height = 260 }) => <SkeletonLines lines={1} height={height} />);

/** A bar chart; its code arrives when the first one is shown. Put it into a `Figure`. */
export const BarChart = later(bar, ({ height = 160 }) => <SkeletonLines lines={1} height={height} />);

export { Figure } from "./Figure";
export type { Series } from "./parts";
export { Sparkline } from "./Sparkline";
