import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Rereading } from "./rereading";

/** A server of one number, whose answers arrive when `answer` says so. */
function site() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const rereading = new Rereading(client, ["w", "nordljus"]);
  const asked: { path: string; answer: (value: number) => void }[] = [];
  const show = (path: string, meta: Record<string, unknown> = {}) => {
    const observer = new QueryObserver<number>(client, {
      queryKey: ["w", "nordljus", path],
      queryFn: ({ signal }) =>
        new Promise<number>((answer, fail) => {
          asked.push({ path, answer });
          signal.addEventListener("abort", () => fail(new Error("away")));
        }),
      meta,
      staleTime: Number.POSITIVE_INFINITY,
    });
    return { observer, leave: observer.subscribe(() => {}) };
  };
  return { client, rereading, asked, show };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe("what is on screen", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is read again after a write, what is not is read when it is shown next", async () => {
    const { rereading, asked, show } = site();
    const list = show("/list");
    const other = show("/other");
    for (const one of asked.splice(0)) one.answer(1);
    await pass(0);
    other.leave();
    await rereading.write(async () => "stored");
    const settled = rereading.settled();
    await pass(0);
    expect(asked.map(({ path }) => path)).toEqual(["/list"]);
    asked.splice(0)[0]?.answer(2);
    await settled;
    expect(list.observer.getCurrentResult().data).toBe(2);
    show("/other");
    expect(asked.map(({ path }) => path)).toEqual(["/other"]);
  });

  it("is not asked for what the write itself has answered", async () => {
    const { client, rereading, asked, show } = site();
    show("/list");
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    await rereading.write(async () => 2).then((answer) => client.setQueryData(["w", "nordljus", "/list"], answer));
    await pass(5000);
    expect(asked).toEqual([]);
  });

  it("never shows an answer from before a write", async () => {
    const { client, rereading, asked, show } = site();
    const { observer } = show("/list");
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    void observer.refetch();
    const [before] = asked.splice(0);
    await rereading.write(async () => 2).then((answer) => client.setQueryData(["w", "nordljus", "/list"], answer));
    before?.answer(1);
    await pass(0);
    expect(observer.getCurrentResult()).toMatchObject({ data: 2, fetchStatus: "idle" });
  });

  it("is asked anew where the first answer was still on its way", async () => {
    const { rereading, asked, show } = site();
    const { observer } = show("/list");
    const [before] = asked.splice(0);
    await rereading.write(async () => {});
    before?.answer(1);
    await pass(0);
    asked.splice(0)[0]?.answer(2);
    await pass(0);
    expect(observer.getCurrentResult()).toMatchObject({ data: 2, status: "success" });
  });

  it("is read once after many writes at a time, and by whoever waits for the last of them", async () => {
    const { rereading, asked, show } = site();
    show("/list");
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    const ends: (() => void)[] = [];
    const writes = [0, 1, 2].map(() => rereading.write(() => new Promise<void>((end) => ends.push(end))));
    for (const end of ends) {
      end();
      await pass(20);
    }
    await Promise.all(writes);
    let settled = false;
    void rereading.settled().then(() => {
      settled = true;
    });
    await pass(250);
    expect([asked.length, settled]).toEqual([1, false]);
    asked[0]?.answer(2);
    await pass(0);
    expect(settled).toBe(true);
  });

  it("does not wait for a write that takes long", async () => {
    const { rereading, asked, show } = site();
    show("/list");
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    void rereading.write(() => new Promise<void>(() => {}));
    await rereading.write(async () => {});
    await pass(1000);
    expect(asked).toHaveLength(1);
  });

  it("waits for a pause while somebody types, but not for ever", async () => {
    const { rereading, asked, show } = site();
    show("/list");
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    const type = async () => {
      await rereading.write(async () => {}, true);
      await pass(600);
    };
    for (let cell = 0; cell < 5; cell += 1) await type();
    expect(asked).toHaveLength(0);
    for (let cell = 0; cell < 5; cell += 1) await type();
    expect(asked).toHaveLength(1);
  });

  it("is read when writing has paused where it is slow", async () => {
    const { rereading, asked, show } = site();
    show("/report", { slow: true });
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    await rereading.write(async () => {});
    await pass(2900);
    await rereading.write(async () => {});
    await pass(2900);
    expect(asked).toHaveLength(0);
    await pass(100);
    expect(asked).toHaveLength(1);
  });

  it("stays as it is when a write is refused", async () => {
    const { rereading, asked, show } = site();
    show("/list");
    asked.splice(0)[0]?.answer(1);
    await pass(0);
    await rereading.write(() => Promise.reject(new Error("no"))).catch(() => {});
    await pass(5000);
    expect(asked).toEqual([]);
  });
});

describe("the rule", () => {
  it("is the only one: no page marks answers by itself", () => {
    const source = fileURLToPath(new URL("..", import.meta.url));
    const pages = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
      (name) => /\.tsx?$/.test(name) && !name.startsWith("api/"),
    );
    const asking = /\b(invalidateQueries|refetchQueries|resetQueries)\b/;
    expect(pages.filter((name) => asking.test(readFileSync(join(source, name), "utf8")))).toEqual([]);
  });
});
