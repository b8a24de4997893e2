import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Reply } from "@/api/client";
import { useKeyset } from "@/api/hooks";
import { A } from "@/lib/links";
import { Dialog, FormFoot } from "@/ui/Dialog";
import { EmptyState, ErrorState, SkeletonLines } from "@/ui/states";
import css from "./assets.module.css";
import { useT } from "./useT";

type Asset = Reply<"get", "/assets">["items"][number];

interface Props {
  /** The address of the picture that was chosen; none: the author writes one. */
  onPick: (address: string | undefined) => void;
  onClose: () => void;
}

/** Chooses one of the pictures under Assets. */
export function PicturePicker({ onPick, onClose }: Props) {
  const t = useT();
  const [search, setSearch] = useState("");
  const list = useKeyset<Asset>("/assets", { query: { q: search } }, { limit: 24 });
  return (
    <Dialog opened onClose={onClose} title={t("picture.title")} size={640}>
      {(list.rows.length > 0 || search) && (
        <TextInput
          aria-label={t("assets.search")}
          placeholder={t("assets.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="md"
        />
      )}
      {list.state === "failed" && <ErrorState inline error={list.error} onRetry={list.retry} />}
      {list.state === "loading" && <SkeletonLines lines={3} height={80} />}
      {list.state === "ready" && list.rows.length === 0 && (
        <EmptyState picture="banner">{search ? t("assets.nothing") : t("picture.empty")}</EmptyState>
      )}
      <ul className={css.choices}>
        {list.rows.map((asset) => (
          <li key={asset.id}>
            <button type="button" className={css.choice} onClick={() => onPick(asset.url)}>
              <span className={css.picture}>
                <img src={new URL(asset.url).pathname} alt="" loading="lazy" />
              </span>
              <span className={css.chosenName}>{asset.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {list.more && (
        <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>
          {t("assets.more")}
        </Button>
      )}
      <FormFoot>
        <A to="/assets">{t("picture.upload")}</A>
        <Button variant="default" onClick={() => onPick(undefined)}>
          {t("picture.none")}
        </Button>
      </FormFoot>
    </Dialog>
  );
}
