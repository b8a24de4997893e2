import type { ReactNode } from "react";

export type Picture =
  | "people"
  | "audience"
  | "letter"
  | "banner"
  | "chart"
  | "key"
  | "trail"
  | "search"
  | "team"
  | "send"
  | "plan"
  | "file";

/** Line drawings of empty states, all 120 × 80: ink lines, `a` in accent, `f` a tinted ground, `m` a pale line. */
export const pictures: Record<Picture, ReactNode> = {
  people: (
    <>
      <circle className="f" cx="60" cy="40" r="28" />
      <circle cx="60" cy="32" r="8" />
      <path d="M44 58c1-9 7-14 16-14s15 5 16 14" />
      <circle className="m" cx="31" cy="38" r="6" />
      <path className="m" d="M20 58c1-7 5-11 11-11 3 0 5 1 7 3" />
      <circle className="m" cx="89" cy="38" r="6" />
      <path className="m" d="M100 58c-1-7-5-11-11-11-3 0-5 1-7 3" />
      <path className="a" d="M10 66h100" />
    </>
  ),
  audience: (
    <>
      <circle className="f" cx="48" cy="40" r="22" />
      <circle cx="48" cy="40" r="22" />
      <circle className="a" cx="72" cy="40" r="22" />
      <path className="m" d="M60 22v36" />
      <circle cx="60" cy="34" r="1.6" />
      <circle cx="57" cy="43" r="1.6" />
      <circle cx="63" cy="47" r="1.6" />
      <circle className="m" cx="36" cy="36" r="1.6" />
      <circle className="m" cx="84" cy="44" r="1.6" />
      <circle className="m" cx="80" cy="32" r="1.6" />
    </>
  ),
  letter: (
    <>
      <rect className="f" x="30" y="20" width="60" height="42" rx="4" />
      <rect x="26" y="16" width="60" height="42" rx="4" />
      <path d="m27 18 29 24 29-24" />
      <path className="a" d="M38 66h36" />
      <path className="m" d="M92 26h14M92 34h9M92 42h12" />
    </>
  ),
  banner: (
    <>
      <path className="f" d="M40 20h44v42l-7-9-8 9-7-9-7 9-8-9-7 9z" />
      <path d="M28 16h64" />
      <path className="a" d="M38 16v44l7.300-9 7.300 9 7.400-9 7.300 9 7.400-9 7.300 9V16" />
      <path className="m" d="M60 16V6M48 28h24M48 35h16" />
      <path className="m" d="M20 70h80" />
    </>
  ),
  chart: (
    <>
      <rect className="f" x="66" y="30" width="14" height="34" rx="2" />
      <path d="M22 14v50h78" />
      <path className="a" d="m28 54 16-14 14 7 17-20 19-9" />
      <path className="m" d="M22 48h-3M22 32h-3M22 20h-3" />
      <circle cx="75" cy="27" r="2" />
      <circle cx="94" cy="18" r="2" />
    </>
  ),
  key: (
    <>
      <circle className="f" cx="42" cy="40" r="18" />
      <circle cx="42" cy="40" r="13" />
      <circle className="a" cx="38" cy="40" r="3.500" />
      <path d="M55 40h41v9M84 40v7" />
      <path className="m" d="M26 68h68" />
    </>
  ),
  trail: (
    <>
      <rect className="f" x="34" y="12" width="58" height="56" rx="4" />
      <path d="M36 14v52" />
      <circle cx="36" cy="22" r="3" />
      <circle className="a" cx="36" cy="40" r="3" />
      <circle cx="36" cy="58" r="3" />
      <path d="M48 22h36M48 58h24" />
      <path className="a" d="M48 40h30" />
      <path className="m" d="M48 28h20M48 46h26M48 64h14" />
    </>
  ),
  search: (
    <>
      <circle className="f" cx="54" cy="36" r="22" />
      <circle cx="54" cy="36" r="18" />
      <path className="a" d="m67 50 17 17" />
      <path className="m" d="M45 32h18M45 40h11" />
    </>
  ),
  team: (
    <>
      <circle className="f" cx="46" cy="42" r="24" />
      <circle cx="46" cy="33" r="8" />
      <path d="M30 60c1-9 7-14 16-14s15 5 16 14" />
      <path className="a" d="M88 30v20M78 40h20" />
      <path className="m" d="M18 66h84" />
    </>
  ),
  send: (
    <>
      <path className="f" d="m28 42 62-24-18 46-16-14z" />
      <path d="m28 42 62-24-18 46-16-14zM56 50l34-32" />
      <path d="M56 50v16l8-9" />
      <path className="a" d="M14 54h14M10 62h24M22 70h14" />
    </>
  ),
  plan: (
    <>
      <rect className="f" x="26" y="18" width="68" height="48" rx="4" />
      <rect x="26" y="18" width="68" height="48" rx="4" />
      <path d="M26 30h68M40 12v12M80 12v12" />
      <path className="a" d="M36 40h22M52 48h28" />
      <path className="m" d="M36 56h16" />
    </>
  ),
  file: (
    <>
      <path className="f" d="M42 14h26l14 14v40H42z" />
      <path d="M38 10h26l14 14v42H38z" />
      <path d="M64 10v14h14" />
      <path className="a" d="M58 56V38m-7 7 7-7 7 7" />
      <path className="m" d="M46 24h10" />
    </>
  ),
};

/** What an empty state draws; a file of its own, which only empty pages ask for. */
export default function Drawing({ of }: { of: Picture }) {
  return pictures[of];
}
