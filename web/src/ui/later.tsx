import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { connected, whenConnected } from "@/api/connection";
import { ApiError } from "@/api/errors";
import { ErrorState } from "./states";

/**
 * A component whose code comes when it is first shown, with something in its place until then. It is drawn as soon as
 * its code is there: what React's `lazy` reveals, `Suspense` holds back until 300 ms after it began to wait.
 */
export function later<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  waiting?: (props: Props) => ReactNode,
): ComponentType<Props> {
  let Found: ComponentType<Props> | undefined;
  return function Later(props: Props) {
    const [, setCome] = useState(false);
    const [failed, setFailed] = useState<{ error: unknown }>();
    const [tries, setTries] = useState(0);
    useEffect(() => {
      if (Found) return;
      let shown = true;
      load().then(
        (code) => {
          Found = code.default;
          if (shown) setCome(true);
        },
        (error: unknown) => {
          if (shown) setFailed({ error });
        },
      );
      return () => {
        shown = false;
      };
    }, [tries]);
    useEffect(() => {
      if (!failed) return;
      return whenConnected(() => {
        setFailed(undefined);
        setTries((now) => now + 1);
      });
    }, [failed]);
    // Without a connection the rest of the page stays, and this comes when there is one.
    if (failed && connected.get()) throw failed.error;
    if (failed) return waiting && <ErrorState error={new ApiError({ status: 0, code: "no_answer" })} />;
    return Found ? <Found {...props} /> : waiting?.(props);
  };
}
