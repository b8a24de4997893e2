import { useParams } from "@tanstack/react-router";
import { useGet } from "@/api/hooks";
import { Page } from "@/ui/Page";
import { ErrorState, SkeletonLines } from "@/ui/states";
import { Outcome } from "./Outcome";
import type { Import } from "./types";
import { Wizard } from "./Wizard";

/** Whether something of an import goes on: itself, finding out what it would do, or its undoing. */
const isBusy = (found: Import | undefined) =>
  found?.state === "running" || found?.trial?.state === "running" || found?.undo?.state === "running";

/** One import: its questions before the start, its progress, its result. */
export default function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const path = { import_id: id };
  const first = useGet("/imports/{import_id}", { path }, { keep: false });
  const running = isBusy(first.data);
  const live = useGet("/imports/{import_id}", { path }, { every: running ? 500 : false, enabled: running });
  const found: Import | undefined = live.data ?? first.data;
  if (first.error) {
    return (
      <Page>
        <ErrorState error={first.error} onRetry={() => void first.refetch()} />
      </Page>
    );
  }
  if (!found) {
    return (
      <Page>
        <SkeletonLines lines={8} />
      </Page>
    );
  }
  return found.state === "uploaded" ? <Wizard key={found.id} found={found} /> : <Outcome found={found} />;
}
