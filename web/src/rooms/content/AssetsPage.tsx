import { Button } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useRef, useState } from "react";
import type { Reply } from "@/api/client";
import { useKeyset, useSend } from "@/api/hooks";
import { useFormat } from "@/lib/format";
import { useListState } from "@/lib/url";
import { useMay } from "@/lib/workspace";
import { CopyField } from "@/ui/CopyField";
import { ConfirmDanger } from "@/ui/Dialog";
import { Page } from "@/ui/Page";
import { PageHead, QuietMenu } from "@/ui/PageHead";
import { EmptyState, ErrorState, FormError, SkeletonLines } from "@/ui/states";
import { FilterBar } from "@/ui/table/FilterBar";
import css from "./assets.module.css";
import { useT } from "./useT";

type Asset = Reply<"get", "/assets">["items"][number];

/** The pictures that mails may show. */
export default function AssetsPage() {
  const t = useT();
  const may = useMay("content.write");
  const [state, change] = useListState();
  const [leaving, setLeaving] = useState<Asset>();
  const picker = useRef<HTMLInputElement>(null);
  const list = useKeyset<Asset>("/assets", { query: { q: state.q } }, { limit: 60 });
  const upload = useSend("post", "/assets", { changes: ["/assets"] });
  const archive = useSend("delete", "/assets/{asset_id}", { changes: ["/assets"] });
  const [failure, setFailure] = useState<unknown>();
  const take = async (files: FileList | null) => {
    setFailure(undefined);
    for (const file of files ?? []) {
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
        accept="image/png,image/jpeg,image/gif,image/webp"
        aria-label={t("assets.upload")}
        onChange={(event) => {
          void take(event.currentTarget.files);
          event.currentTarget.value = "";
        }}
      />
      <FormError error={failure} />
      {(list.rows.length > 0 || state.q) && (
        <FilterBar lead={t("assets.nav")} search={t("assets.search")} filters={[]} state={state} onChange={change} />
      )}
      {list.state === "failed" && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.state === "loading" && <SkeletonLines lines={6} height={80} />}
      {list.state === "ready" && list.rows.length === 0 && (
        <EmptyState picture="banner" action={state.q ? undefined : button}>
          {state.q ? t("assets.nothing") : t("assets.empty")}
        </EmptyState>
      )}
      <ul className={css.grid}>
        {list.rows.map((asset) => (
          <AssetCard key={asset.id} asset={asset} onArchive={may ? () => setLeaving(asset) : undefined} />
        ))}
      </ul>
      {list.more && (
        <Button variant="default" onClick={list.loadMore} loading={list.loadingMore}>
          {t("assets.more")}
        </Button>
      )}
      <ConfirmDanger
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t("archive.title", { name: leaving?.name ?? "" })}
        loses={[t("assets.archive.loses")]}
        keeps={[t("assets.archive.keeps")]}
        action={t("archive")}
        onConfirm={() => archive.mutateAsync({ path: { asset_id: leaving?.id ?? "" } })}
      />
    </Page>
  );
}

function AssetCard({ asset, onArchive }: { asset: Asset; onArchive: (() => void) | undefined }) {
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
          {onArchive && (
            <QuietMenu
              label={t("assets.menu", { name: asset.name })}
              entries={[{ label: t("archive"), danger: true, act: onArchive }]}
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
