import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { lazy, Suspense, useRef, useState } from "react";
import type { Reply } from "@/api/client";
import { useKeyset, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { CopyField } from "@/ui/CopyField";
import { Page } from "@/ui/Page";
import { PageHead, QuietMenu } from "@/ui/PageHead";
import { EmptyState, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { FilterBar } from "@/ui/table/FilterBar";
import { say, sayRefused } from "@/ui/tray";
import css from "./assets.module.css";
import { useT } from "./useT";

const OpenReview = lazy(() => import("./reviewing/OpenReview").then(({ OpenReview }) => ({ default: OpenReview })));

const TAKEN = ["image/png", "image/jpeg", "image/gif", "image/webp"];

type Asset = Reply<"get", "/assets">["items"][number];

/** The pictures that mails may show. */
export default function AssetsPage() {
  const t = useT();
  const may = useMay("content.write");
  const [state, change] = useListState();
  const picker = useRef<HTMLInputElement>(null);
  const archived = state.filters.state?.[0] === "archived";
  const list = useKeyset<Asset>("/assets", { query: { q: state.q, archived: archived || undefined } }, { limit: 60 });
  const upload = useSend("post", "/assets");
  const archive = useSend("delete", "/assets/{asset_id}");
  const restore = useSend("post", "/assets/{asset_id}/restore");
  const bringBack = ({ id, name }: Asset) =>
    restore.mutateAsync({ path: { asset_id: id } }).then(() => say(t("assets.restored", { name })), sayRefused);
  const putAway = (asset: Asset) =>
    archive.mutate(
      { path: { asset_id: asset.id } },
      {
        onSuccess: () =>
          say(t("assets.archived", { name: asset.name }), {
            action: { label: t("assets.undo"), undo: true, act: () => bringBack(asset) },
          }),
        onError: setFailure,
      },
    );
  const [failure, setFailure] = useState<unknown>();
  const [reviewed, setReviewed] = useState<string>();
  const [refused, setRefused] = useState("");
  const take = async (files: FileList | null) => {
    setFailure(undefined);
    const wrong = [...(files ?? [])].filter(({ type }) => !TAKEN.includes(type)).map(({ name }) => name);
    setRefused(wrong.join(", "));
    for (const file of [...(files ?? [])].filter(({ type }) => TAKEN.includes(type))) {
      const body = new FormData();
      body.append("file", file);
      try {
        await upload.mutateAsync({ body });
      } catch (error) {
        setFailure(error);
      }
    }
  };
  const button = may && (
    <Button leftSection={<IconUpload size={16} />} loading={upload.isPending} onClick={() => picker.current?.click()}>
      {t("assets.upload")}
    </Button>
  );
  return (
    <Page>
      <PageHead title={t("assets.nav")} meaning={t("assets.meaning")} action={list.rows.length > 0 && button} />
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={TAKEN.join(",")}
        aria-label={t("assets.upload")}
        onChange={(event) => {
          void take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <FormError error={failure} />
      {refused && <p role="alert">{t("assets.notPicture", { names: refused })}</p>}
      <FilterBar
        lead={t("assets.nav")}
        search={t("assets.search")}
        filters={[
          {
            id: "state",
            name: t("list.state"),
            single: true,
            options: [{ value: "archived", label: t("state.archived") }],
          },
        ]}
        state={state}
        onChange={change}
      />
      {list.state === "failed" && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.state === "loading" && <SkeletonLines lines={6} height={80} />}
      {list.state === "ready" && list.rows.length === 0 && (
        <EmptyState picture="banner" action={state.q || archived ? undefined : button}>
          {state.q ? t("assets.nothing") : archived ? t("assets.noneArchived") : t("assets.empty")}
        </EmptyState>
      )}
      <ul className={css.grid}>
        {list.rows.map((asset) => (
          <AssetCard
            key={asset.id}
            asset={asset}
            onReview={may && !asset.archived_at ? () => setReviewed(asset.id) : undefined}
            onMove={may ? () => (asset.archived_at ? bringBack(asset) : putAway(asset)) : undefined}
          />
        ))}
      </ul>
      {reviewed && (
        <Suspense>
          <OpenReview kind="asset" id={reviewed} onClose={() => setReviewed(undefined)} />
        </Suspense>
      )}
      {list.more && (
        <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>
          {t("assets.more")}
        </Button>
      )}
    </Page>
  );
}

interface CardProps {
  asset: Asset;
  onMove: (() => void) | undefined;
  onReview: (() => void) | undefined;
}

function AssetCard({ asset, onMove, onReview }: CardProps) {
  const t = useT();
  const format = useFormat();
  return (
    <li className={css.card}>
      <span className={css.picture}>
        <img src={new URL(asset.url).pathname} alt={asset.name} loading="lazy" />
      </span>
      <span className={css.words}>
        <span className={css.name}>
          <strong title={asset.name}>{asset.name}</strong>
          {onMove && (
            <QuietMenu
              label={t("assets.menu", { name: asset.name })}
              entries={[
                ...(onReview ? [{ label: t("assets.review"), act: onReview }] : []),
                { label: t(asset.archived_at ? "version.restore" : "archive"), act: onMove },
              ]}
            />
          )}
        </span>
        <span className={css.muted}>
          {asset.width && asset.height ? `${asset.width} × ${asset.height} · ` : ""}
          {format.bytes(asset.size)}
        </span>
        <CopyField label={t("assets.address")} value={asset.url} />
      </span>
    </li>
  );
}
