import { describe, expect, it } from "vitest";
import {
  beginning,
  type Changes,
  fromDay,
  harmless,
  inverse,
  linkChanges,
  merged,
  type Preview,
  readLinks,
  type TaskRow,
  type Timeline,
  ticks,
  toDay,
  writeLinks,
} from "./model";

const link = (predecessor_id: string, kind: "fs" | "ss" = "fs", lag_days = 0) => ({
  predecessor_id,
  successor_id: "z",
  kind,
  lag_days,
});

describe("days", () => {
  it("come back as they went, leap days and the ends of summer time included", () => {
    for (const iso of ["2024-02-29", "2026-03-29", "2026-10-25", "1969-12-31", "2076-12-31"])
      expect(fromDay(toDay(iso))).toBe(iso);
    expect(toDay("2026-10-26") - toDay("2026-10-24")).toBe(2);
  });
});

describe("a timeline opens", () => {
  const task = (state: TaskRow["state"], starts_on: string, ends_on: string) =>
    ({ state, starts_on, ends_on, group: false }) as TaskRow;
  const today = toDay("2026-11-22");
  it("at what is open now, with what is over scrolled away", () => {
    const done = Array.from({ length: 40 }, () => task("done", "2026-08-03", "2026-08-05"));
    const open = [task("doing", "2026-10-05", "2026-11-20"), task("todo", "2026-12-01", "2026-12-02")];
    expect(beginning([...done, ...open], today)).toEqual({ day: today - 10, row: 39 });
  });
  it("at the first that begins where all is to come, and at what is overdue where nothing else is open", () => {
    const later = [task("todo", "2027-02-01", "2027-02-05"), task("todo", "2027-01-04", "2027-01-08")];
    expect(beginning(later, today)).toEqual({ day: toDay("2027-01-04"), row: 0 });
    const late = [task("done", "2026-08-03", "2026-08-05"), task("todo", "2026-09-01", "2026-09-02")];
    expect(beginning(late, today)).toEqual({ day: toDay("2026-08-03"), row: 0 });
    expect(beginning([], today)).toEqual({ day: today, row: 0 });
  });
});

describe("taking changes back", () => {
  const task = (id: string, values: Partial<TaskRow> = {}) =>
    ({
      id,
      group: false,
      kind: "task",
      owner_id: null,
      duration_days: 1,
      effort_hours: null,
      not_before: null,
      deadline: null,
      fixed_on: null,
      name: id,
      ...values,
    }) as TaskRow;
  const plan = (tasks: TaskRow[], links: Timeline["links"] = []) => ({ tasks, links }) as Timeline;
  it("sets what was changed to what it was, and leaves the rest and what came since", () => {
    const before = plan([task("a", { not_before: "2027-03-01" }), task("b", { owner_id: "x" }), task("c")]);
    const after = plan([
      task("a", { not_before: "2027-03-08" }),
      task("b", { duration_days: 4 }),
      task("c", { name: "C" }),
      task("d"),
    ]);
    const changes = inverse(before, after);
    expect(changes.map((one) => one.op === "set" && one.task_id)).toEqual(["a", "b"]);
    expect(changes[0]).toMatchObject({ not_before: "2027-03-01", duration_days: 1 });
    expect(changes[1]).toMatchObject({ owner_id: "x", duration_days: 1 });
    expect(inverse(before, before)).toEqual([]);
  });
  it("takes new links away, brings old ones back and mends changed ones", () => {
    const [old, changed] = [
      { ...link("a"), successor_id: "b" },
      { ...link("b"), successor_id: "c" },
    ];
    const before = plan([], [old, changed]);
    const after = plan(
      [],
      [
        { ...changed, lag_days: 3 },
        { ...link("c"), successor_id: "d" },
      ],
    );
    expect(inverse(before, after)).toEqual([
      { op: "unlink", predecessor_id: "c", successor_id: "d" },
      { op: "link", ...old },
      { op: "link", ...changed },
    ]);
  });
  it("does not touch groups, whose days are those of their parts", () => {
    const before = plan([task("a", { group: true, duration_days: 3 })]);
    expect(inverse(before, plan([task("a", { group: true, duration_days: 5 })]))).toEqual([]);
  });
});

describe("the scale", () => {
  it("begins weeks on Mondays and covers what is looked at", () => {
    const { upper, lower } = ticks("week", toDay("2026-11-18"), toDay("2026-12-10"), "en-GB");
    expect(lower.map(({ day }) => fromDay(day))).toEqual(["2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07"]);
    expect(upper.map(({ label }) => label)).toEqual(["November 2026", "December 2026"]);
  });
  it("shows months below years where a month is a few pixels", () => {
    const { upper, lower } = ticks("month", toDay("2026-11-18"), toDay("2027-02-01"), "en-GB");
    expect(upper.map(({ label }) => label)).toEqual(["2026", "2027"]);
    expect(lower.map(({ label }) => label)).toEqual(["Nov", "Dec", "Jan", "Feb"]);
    expect(lower[1]?.days).toBe(31);
  });
});

describe("what a task waits for", () => {
  const ids = ["a", "b", "c"];
  it("is written as line numbers and read back", () => {
    const links = [link("a"), link("c", "ss", -2)];
    const words = writeLinks(links, new Map(ids.map((id, at) => [id, at + 1])));
    expect(words).toBe("1, 3SS−2");
    expect(readLinks(words, ids)).toEqual(links.map(({ successor_id: _, ...rest }) => rest));
    expect(readLinks("", ids)).toEqual([]);
  });
  it("is refused where a line is not there", () => {
    for (const words of ["4", "0", "x", "1FX", "1+", "2 3"]) expect(readLinks(words, ids)).toBeUndefined();
  });
  it("changes by what differs only", () => {
    const changes = linkChanges("z", [link("a"), link("b")], readLinks("1, 2+3, 3", ids) ?? []);
    expect(changes.map((change) => [change.op, "predecessor_id" in change && change.predecessor_id])).toEqual([
      ["link", "b"],
      ["link", "c"],
    ]);
    expect(linkChanges("z", [link("a")], [])).toEqual([{ op: "unlink", predecessor_id: "a", successor_id: "z" }]);
  });
});

describe("a preview", () => {
  const quiet = { moves: [], late: [], held: [], overloads: [] } as unknown as Preview;
  const move = (id: string) => ({ id }) as Preview["moves"][number];
  it("asks only when others move or somebody is hurt", () => {
    expect(harmless({ ...quiet, moves: [move("a")] }, new Set(["a"]))).toBe(true);
    expect(harmless({ ...quiet, moves: [move("a"), move("b")] }, new Set(["a"]))).toBe(false);
    expect(harmless({ ...quiet, overloads: [{}] } as Preview, new Set())).toBe(false);
    expect(harmless({ ...quiet, late: [{}] } as Preview, new Set())).toBe(false);
  });
});

describe("changes since a timeline was read", () => {
  const row = (id: string, name = id) => ({ id, name }) as Timeline["tasks"][number];
  const known = {
    token: "1",
    stale: 2,
    tasks: ["a", "b", "c", "d"].map((id) => row(id)),
    links: [link("a"), link("b")],
  };
  it("are put where they belong, and what they leave alone stays the same", () => {
    const found = merged(
      known as unknown as Timeline,
      {
        since: "1",
        token: "2",
        stale: 0,
        tasks: [row("c", "other"), row("e")],
        order: { at: 1, gone: 2, ids: ["e", "c"] },
        gone_links: [{ predecessor_id: "a", successor_id: "z" }],
        links: [link("c")],
      } as unknown as Changes,
    );
    expect(found).toEqual({
      token: "2",
      stale: 0,
      tasks: [row("a"), row("e"), row("c", "other"), row("d")],
      links: [link("b"), link("c")],
    });
    expect(found.tasks[3]).toBe(known.tasks[3]);
  });
});
