import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLooseSend } from "@/api/hooks";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import { BlocksEditor } from "./blocks/BlocksEditor";
import { find, fromApi, type Mail } from "./blocks/tree";
import type { Draft } from "./draft";
import { useT } from "./useT";

interface Props {
  draft: Draft;
  may: boolean;
  inspector: HTMLElement | null;
  offers: boolean;
  onInspect: () => void;
  onCode: () => void;
}

/** The mail in blocks, once the server has made them of its source. */
export default function Blocks({ draft, may, onCode, ...rest }: Props) {
  const t = useT();
  const open = useLooseSend<Record<string, unknown>>("post", "/templates/blocks", { asks: true });
  const [selected, setSelected] = useState<string>();
  const { blocks, history, toBlocks, source } = draft;
  const { mutateAsync, error, reset } = open;
  const opened = blocks !== undefined;
  useEffect(() => {
    if (opened) return;
    let here = true;
    mutateAsync({ body: { body: source.body } })
      .then((answer) => here && toBlocks(fromApi(answer)))
      .catch(() => {});
    return () => {
      here = false;
    };
  }, [opened, source.body]);
  if (!blocks && error)
    return (
      <>
        <ErrorState inline error={error} onRetry={reset} />
        <EmptyState picture="letter" action={<Button onClick={onCode}>{t("edit.code.go")}</Button>}>
          {t("edit.unfit")}
        </EmptyState>
      </>
    );
  if (!blocks) return <SkeletonLines lines={12} />;
  return (
    <BlocksEditor
      {...rest}
      history={{ ...history, now: blocks, set: history.set as (mail: Mail, about?: string) => void }}
      may={may}
      template={draft.base.id}
      selected={find(blocks, selected) && selected}
      onSelect={setSelected}
    />
  );
}
