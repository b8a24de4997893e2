import { describe, expect, it } from "vitest";
import { rooms } from "./rooms";

const entries = rooms.flatMap((room) => [
  ...(room.nav ?? []),
  ...(room.own ?? []),
  ...(room.settings ?? []),
  ...(room.palette ?? []),
]);
const pages = rooms.flatMap((room) => Object.keys(room.pages));

/** Whether a path is one of a page: "people/$id" is any person. */
const isPage = (path: string) =>
  pages.some((page) => new RegExp(`^${page.replaceAll(/\$\w+/g, "[^/]+")}$`).test(path.replace(/^\//, "")));

describe("rooms", () => {
  it("lead to pages that are there", () => {
    for (const { to } of entries) expect([to, isPage(to.split("?")[0] ?? "")]).toEqual([to, true]);
  });

  it("go by keys of their own", () => {
    const keys = rooms.flatMap((room) => [...(room.nav ?? []), ...(room.own ?? [])].flatMap((one) => one.keys ?? []));
    expect(keys.filter((one, place) => keys.indexOf(one) !== place)).toEqual([]);
  });

  it("can all be searched for what planning makes", () => {
    const found = rooms.flatMap((room) => room.search ?? []).map(({ id }) => id);
    expect(found).toEqual(
      expect.arrayContaining(["campaigns", "touchpoints", "goals", "tasks", "approvals", "pages", "lessons"]),
    );
  });

  it("name each entry of the palette once", () => {
    const ids = rooms.flatMap((room) => room.palette ?? []).map(({ to }) => to);
    expect(ids.filter((one, place) => ids.indexOf(one) !== place)).toEqual([]);
  });
});
