import { Button } from "@mantine/core";
import { A } from "@/lib/links";
import { EmptyState, ErrorState } from "@/ui/states";
import { useT } from "./useT";

/** A page that failed: what happened, and a way to try again. */
export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  return (
    <main style={{ display: "grid", minHeight: "60vh" }}>
      <ErrorState
        error={error}
        onRetry={() => {
          if (reset) reset();
          location.reload();
        }}
      />
    </main>
  );
}

/** No page at this address. */
export function Missing() {
  const t = useT();
  return (
    <main style={{ display: "grid", minHeight: "60vh" }}>
      <EmptyState
        picture="search"
        title={t("missing.title")}
        action={
          <Button component={A} to="/" outside variant="default">
            {t("missing.action")}
          </Button>
        }
      >
        {t("missing.text")}
      </EmptyState>
    </main>
  );
}
