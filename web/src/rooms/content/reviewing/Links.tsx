import { Button, NumberInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useGet, useSend } from "@/api/hooks";
import { useMay } from "@/lib/workspace";
import { CopyField } from "@/ui/CopyField";
import { Dialog, FormDialog } from "@/ui/Dialog";
import { Section } from "@/ui/Page";
import { FormError } from "@/ui/states";
import { Name, When } from "@/ui/values";
import css from "./Links.module.css";
import { useT } from "./useT";
import type { Review } from "./words";

/** Links for reviewers from outside: who has one, until when; made and revoked. */
export function Links({ review }: { review: Review }) {
  const t = useT();
  const may = useMay("content.write");
  const [making, setMaking] = useState(false);
  const path = { review_id: review.id };
  const links = useGet("/content-reviews/{review_id}/links", { path });
  const revoke = useSend("delete", "/review-links/{review_link_id}");
  if (!may && !links.data?.length) return null;
  return (
    <Section
      title={t("links")}
      action={
        may && (
          <Button size="compact-sm" variant="default" onClick={() => setMaking(true)}>
            {t("links.make")}
          </Button>
        )
      }
    >
      <FormError error={revoke.error} />
      {links.data?.length === 0 && <p className={css.note}>{t("links.none")}</p>}
      <ul className={css.links}>
        {links.data?.map(({ id, name, visitor, expires_at }) => (
          <li key={id}>
            <span>
              <Name>{visitor || name}</Name>
              <small>{t.rich("links.until", { when: <When key="w" at={expires_at} absolute /> })}</small>
            </span>
            {may && (
              <Button
                size="compact-xs"
                variant="subtle"
                aria-label={t("links.revoke.of", { name })}
                onClick={() => revoke.mutate({ path: { review_link_id: id } })}
              >
                {t("links.revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {making && <MakeLink review={review} onClose={() => setMaking(false)} />}
    </Section>
  );
}

function MakeLink({ review, onClose }: { review: Review; onClose: () => void }) {
  const t = useT();
  const [name, setName] = useState("");
  const [days, setDays] = useState(14);
  const make = useSend("post", "/content-reviews/{review_id}/links");
  if (make.data)
    return (
      <Dialog opened onClose={onClose} title={t("links.made")}>
        <p className={css.note}>{t("links.once")}</p>
        <CopyField label={t("links.address")} value={make.data.url} />
      </Dialog>
    );
  return (
    <FormDialog
      title={t("links.make")}
      onClose={onClose}
      onSubmit={() => make.mutate({ path: { review_id: review.id }, body: { name, days } })}
      action={t("links.make")}
      busy={make.isPending}
      disabled={!name.trim()}
      error={make.error}
    >
      <p className={css.note}>{t("links.note")}</p>
      <TextInput
        label={t("links.name")}
        data-autofocus
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NumberInput
        label={t("links.days")}
        min={1}
        max={90}
        value={days}
        onChange={(value) => setDays(Number(value) || 14)}
      />
    </FormDialog>
  );
}
