import { type ComponentType, type ReactNode, useEffect, useState } from "react";

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
    }, []);
    if (failed) throw failed.error;
    return Found ? <Found {...props} /> : waiting?.(props);
  };
}
