import { SegmentedControl } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useApi } from "@/api/hooks";
import { ErrorState, SkeletonLines } from "@/ui/states";
import type { Definition } from "./definition";
import css from "./forms.module.css";
import { useT } from "./useT";

/** The form as visitors see it, working, in a frame that sends nothing. */
export function Preview({ name, definition }: { name: string; definition: Definition }) {
  const t = useT();
  const api = useApi();
  const [html, setHtml] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [wide, setWide] = useState("wide");
  const newest = useRef(0);
  useEffect(() => {
    const mine = ++newest.current;
    api.ask("post", "/forms/preview", { body: { name, definition } }).then(
      (found) => {
        if (mine !== newest.current) return;
        setHtml(found.html);
        setError(undefined);
      },
      (failure) => mine === newest.current && setError(failure),
    );
  }, [api, name, definition]);
  return (
    <div className={css.preview}>
      <SegmentedControl
        size="xs"
        aria-label={t("preview.width")}
        value={wide}
        onChange={setWide}
        data={[
          { value: "wide", label: t("preview.wide") },
          { value: "phone", label: t("preview.phone") },
        ]}
      />
      {error ? <ErrorState inline error={error} /> : null}
      {html === undefined ? (
        <SkeletonLines lines={8} />
      ) : (
        <iframe
          className={css.frame}
          data-phone={wide === "phone" || undefined}
          title={t("preview")}
          sandbox="allow-scripts"
          srcDoc={html}
        />
      )}
    </div>
  );
}
