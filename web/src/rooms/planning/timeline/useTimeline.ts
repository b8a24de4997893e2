import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { ApiError } from "@/api/errors";
import { keyOf, localRequest, useApi } from "@/api/hooks";
import { useWorkspaceSettings } from "@/lib/workspace";
import { say } from "@/ui/tray";
import {
  above,
  type Change,
  type Changes,
  harmless,
  inverse,
  type Link,
  merged,
  type Preview,
  type TaskRow,
  type TaskState,
  type Timeline,
} from "./model";
import { useT } from "./useT";

const PATH = "/campaigns/{campaign_id}/timeline";

interface Asked {
  changes: Change[];
  preview: Preview;
  /** The plan had changed since the preview was made, so this is a new one. */
  again?: boolean;
}

export type Plan = ReturnType<typeof useTimeline>;

/** A campaign's timeline, and everything that can be done with it; dates are changed through a preview. */
export function useTimeline(campaignId: string) {
  const t = useT();
  const api = useApi();
  const client = useQueryClient();
  const { slug } = useWorkspaceSettings();
  const path = useMemo(() => ({ campaign_id: campaignId }), [campaignId]);
  const key = useMemo(() => keyOf(slug, PATH, { path }), [slug, path]);
  // Read whole once; from then on only what has changed, by whomever.
  const query = useQuery<Timeline, ApiError>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const known = client.getQueryData<Timeline>(key);
      const query = { since: known?.token };
      const found = await localRequest<Timeline | Changes>(slug, "get", `${PATH}/changes`, { path, query, signal });
      return known && "since" in found ? merged(known, found) : (found as Timeline);
    },
    refetchInterval: 15_000,
    staleTime: 0,
  });
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [wishes, setWishes] = useState<ReadonlyMap<string, { state: TaskState }>>(new Map());
  const data = useMemo(() => {
    if (!query.data || wishes.size === 0) return query.data;
    const tasks = query.data.tasks.map((task) => {
      const wish = wishes.get(task.id);
      return wish ? { ...task, ...wish } : task;
    });
    return { ...query.data, tasks };
  }, [query.data, wishes]);

  const index = useMemo(() => {
    const tasks = new Map<string, TaskRow>();
    const numbers = new Map<string, number>();
    const arriving = new Map<string, Link[]>();
    const leaving = new Map<string, Link[]>();
    for (const [at, task] of (data?.tasks ?? []).entries()) {
      tasks.set(task.id, task);
      numbers.set(task.id, at + 1);
    }
    for (const link of data?.links ?? []) {
      arriving.set(link.successor_id, [...(arriving.get(link.successor_id) ?? []), link]);
      leaving.set(link.predecessor_id, [...(leaving.get(link.predecessor_id) ?? []), link]);
    }
    return { tasks, numbers, arriving, leaving, people: new Map(data?.people.map(({ id, name }) => [id, name])) };
  }, [data]);

  /** Runs a change, waits until the timeline has been read again, and keeps what went wrong; undefined then. */
  const run = useCallback(
    async <T>(act: () => Promise<T>): Promise<T | undefined> => {
      setBusy(true);
      setError(undefined);
      try {
        const answer = await act();
        await api.settled();
        return answer;
      } catch (problem) {
        setError(problem);
        if (problem instanceof ApiError && problem.status === 409) await api.reread();
        return undefined;
      } finally {
        setBusy(false);
      }
    },
    [api],
  );

  // One after the other: the next move of a task needs the version that the one before it made.
  const moves = useRef<Promise<unknown>>(Promise.resolve());

  /** Shows a task in another state at once; where it was again, when the server says no. */
  const move = (task: { id: string; version: number }, state: TaskState) => {
    const wish = { state };
    setWishes((now) => new Map(now).set(task.id, wish));
    const was = client.getQueryData<Timeline>(key)?.tasks.find(({ id }) => id === task.id)?.state;
    const done = moves.current.then(async () => {
      const row = client.getQueryData<Timeline>(key)?.tasks.find(({ id }) => id === task.id);
      const path = { task_id: task.id };
      const body = { state, version: row?.version ?? task.version };
      const moved = await run(() => api.call("put", "/tasks/{task_id}/state", { path, body }));
      setWishes((now) => {
        if (now.get(task.id) !== wish) return now;
        const left = new Map(now);
        left.delete(task.id);
        return left;
      });
      const [next] = moved?.handed_over ?? [];
      const words = next
        ? t("handed", { name: next.name, count: moved?.handed_over.length ?? 0 })
        : t("moved", { state: t(`state.${state}`) });
      const undo = was && was !== state && { label: t("undo"), undo: true, act: () => void move(task, was) };
      if (moved) say(words, undo ? { action: undo } : {});
      return moved;
    });
    moves.current = done;
    return done;
  };

  /** Makes the plan what it was before a change, as far as nobody has changed the same since. */
  const takeBack = (before: Timeline) =>
    run(async () => {
      const after = client.getQueryData<Timeline>(key);
      const changes = after ? inverse(before, after) : [];
      if (!changes.length) return;
      const preview = await api.ask("post", `${PATH}/preview`, { path, body: { changes } });
      await api.call("post", `${PATH}/apply`, { path, body: { changes, fingerprint: preview.fingerprint } });
    });

  const apply = async (now: Asked) => {
    setBusy(true);
    setError(undefined);
    const before = client.getQueryData<Timeline>(key);
    try {
      await api.call("post", `${PATH}/apply`, {
        path,
        body: { changes: now.changes, fingerprint: now.preview.fingerprint },
      });
      setAsked(undefined);
      await api.settled();
      const undo = before && { label: t("undo"), undo: true, act: () => void takeBack(before) };
      const count = now.preview.moves.length;
      say(count ? t("applied", { count }) : t("changed"), undo && { action: undo });
    } catch (problem) {
      if (problem instanceof ApiError && problem.code === "preview_stale") {
        await api.reread();
        const preview = await api.ask("post", `${PATH}/preview`, { path, body: { changes: now.changes } });
        setAsked({ changes: now.changes, preview, again: true });
      } else setError(problem);
    } finally {
      setBusy(false);
    }
  };

  /** Looks what the changes move; what concerns nobody else is applied at once, all else is shown first. */
  const propose = async (changes: Change[], show = false) => {
    setError(undefined);
    setBusy(true);
    try {
      const preview = await api.ask("post", `${PATH}/preview`, { path, body: { changes } });
      const changed = new Set<string>();
      for (const change of changes) {
        if (change.op !== "set") continue;
        changed.add(change.task_id);
        for (const id of above(index.tasks, change.task_id)) changed.add(id);
      }
      const next = { changes, preview };
      if (!show && harmless(preview, changed)) await apply(next);
      else setAsked(next);
    } catch (problem) {
      setAsked(undefined);
      setError(problem);
    } finally {
      setBusy(false);
    }
  };

  const place = async (task: TaskRow, parent_id: string | null, after_id: string | null, undoing = false) => {
    const mine = (client.getQueryData<Timeline>(key)?.tasks ?? []).filter((one) => one.parent_id === task.parent_id);
    const behind = mine[mine.findIndex(({ id }) => id === task.id) - 1]?.id ?? null;
    const placed = await run(async () => {
      await api.call("put", "/tasks/{task_id}/place", { path: { task_id: task.id }, body: { parent_id, after_id } });
      return true;
    });
    if (!placed || undoing) return;
    const act = () => void place({ ...task, parent_id }, task.parent_id, behind, true);
    say(t("placed", { name: task.name }), { action: { label: t("undo"), undo: true, act } });
  };

  return {
    campaignId,
    query,
    data,
    ...index,
    asked,
    error,
    busy,
    propose,
    run,
    apply: () => asked && apply(asked),
    discard: () => setAsked(undefined),
    dismiss: () => setError(undefined),
    add: (body: { name: string; parent_id?: string | null; after_id?: string; kind?: TaskRow["kind"] }) =>
      run(() => api.call("post", "/campaigns/{campaign_id}/tasks", { path, body: { duration_days: 1, ...body } })),
    rename: (task: TaskRow, name: string) =>
      run(async () => {
        const whole = await api.call("get", "/tasks/{task_id}", { path: { task_id: task.id } });
        return api.call("put", "/tasks/{task_id}", {
          path: { task_id: task.id },
          body: { name, notes: whole.notes, touchpoint_id: whole.touchpoint_id, version: task.version },
        });
      }),
    move,
    place,
    removeAll: (ids: string[]) =>
      run(() => api.call("post", "/campaigns/{campaign_id}/tasks/delete", { path, body: { ids } })),
    remove: (id: string) => run(() => api.call("delete", "/tasks/{task_id}", { path: { task_id: id } })),
  };
}
