import { Button } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { whenConnected } from "@/api/connection";
import { ApiError } from "@/api/errors";
import { A } from "@/lib/links";
import { useWorkspaceSettings } from "@/lib/workspace";
import { EmptyState, ErrorState } from "@/ui/states";
import { useT } from "./useT";

/** Fills the place of a page; outside the shell, which brings the landmark, it is the landmark itself. */
function Whole({ children }: { children: ReactNode }) {
  const Place = useWorkspaceSettings().slug ? "div" : "main";
  return <Place style={{ display: "grid", minHeight: "60vh" }}>{children}</Place>;
}

const lost = (error: unknown) => error instanceof ApiError && error.status === 0;

/** A page that failed: what happened, and a way to try again. */
export function Failure({ error, reset }: { error: unknown; reset?: () => void }) {
  useEffect(() => (lost(error) ? whenConnected(() => location.reload()) : undefined), [error]);
  return (
    <Whole>
      <ErrorState
        error={error}
        onRetry={() => {
          if (reset) reset();
          location.reload();
        }}
      />
    </Whole>
  );
}

/** No page at this address. */
export function Missing() {
  const t = useT();
  return (
    <Whole>
      <EmptyState
        picture="search"
        whole
        title={t("missing.title")}
        action={
          <Button component={A} to="/" outside variant="default">
            {t("missing.action")}
          </Button>
        }
      >
        {t("missing.text")}
      </EmptyState>
    </Whole>
  );
}
