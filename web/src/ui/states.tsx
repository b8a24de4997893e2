import { Button } from "@mantine/core";
import { IconCloudOff } from "@tabler/icons-react";
import { lazy, type ReactNode, Suspense, useRef } from "react";
import { ApiError, waitsForCopy } from "@/api/errors";
import { useLanguage } from "@/lib/i18n";
import { useProblems } from "@/lib/problems";
import { useFieldError } from "./FieldErrors";
import { Gathering } from "./Gathering";
import type { Picture } from "./pictures";
import css from "./states.module.css";
import { useT } from "./useT";

const Drawing = lazy(() => import("./pictures"));

interface EmptyProps {
  /** One line on what this is for. */
  children: ReactNode;
  title?: string;
  picture: Picture;
  /** The one action. */
  action?: ReactNode;
  /** It is the whole page: its title is the page's. */
  whole?: boolean;
}

/** Nothing here yet: what it is for, a picture, one action. */
export function EmptyState({ children, title, picture, action, whole }: EmptyProps) {
  const Title = whole ? "h1" : "h2";
  return (
    <div className={css.empty}>
      <svg viewBox="0 0 120 80" width="150" height="100" className={css.picture} aria-hidden="true">
        <Suspense>
          <Drawing of={picture} />
        </Suspense>
      </svg>
      {title && <Title>{title}</Title>}
      <p>{children}</p>
      {action}
    </div>
  );
}

interface ErrorProps {
  error: unknown;
  /** What is safe: "Nothing was changed." by default. */
  safe?: string;
  onRetry?: () => void;
  /** Smaller, for a part of a page. */
  inline?: boolean;
}

/** What happened, what is safe, what to do; a way to try again; the code small. */
export function ErrorState({ error, safe, onRetry, inline }: ErrorProps) {
  const t = useT();
  const { title, todo, code } = useErrorWords(error);
  const astray = ofAddress(error) && location.search !== "";
  if (error instanceof ApiError && waitsForCopy(error)) return <Gathering error={error} inline={inline} />;
  return (
    <div className={css.error} data-inline={inline || undefined} role="alert">
      <IconCloudOff size={inline ? 18 : 28} stroke={1.5} />
      <div>
        <p className={css.what}>{astray ? t("error.address") : title}</p>
        <p className={css.safe}>
          {safe ?? t("error.safe")} {todo}
        </p>
        <p className={css.foot}>
          {error instanceof ApiError && error.status === 404 && !inline ? (
            <Button component="a" href="/" size="xs" variant="default">
              {t("error.home")}
            </Button>
          ) : astray ? (
            <Button component="a" href={location.pathname} size="xs" variant="default">
              {t("error.address.without")}
            </Button>
          ) : (
            onRetry &&
            !(error instanceof ApiError && error.status === 403) && (
              <Button size="xs" variant="default" onClick={onRetry}>
                {t("retry")}
              </Button>
            )
          )}
          <code>{code}</code>
        </p>
      </div>
    </div>
  );
}

/** The sentence and the code for an error, in the reader's language. */
export function useErrorWords(error: unknown): { title: string; todo: string; code: string } {
  const t = useT();
  const { language } = useLanguage();
  const { say, coming } = useProblems(error instanceof ApiError && !(language === "en" && error.detail));
  if (!(error instanceof ApiError)) {
    return {
      title: t("error.page"),
      todo: t("error.page.todo"),
      code: error instanceof Error ? error.message : String(error),
    };
  }
  const code = error.requestId ? `${error.code} · ${error.requestId}` : error.code;
  if (error.status === 0) return { title: t("error.offline"), todo: t("error.offline.todo"), code };
  // The API speaks English.
  const said = (language === "en" && error.detail) || say(error.code, error.more) || (coming ? "\u00a0" : error.detail);
  if (error.status === 403) {
    // The API names the permission, which is a word for whoever programs.
    const title = error.code === "permission_missing" ? "" : said;
    return { title: title || t("error.forbidden"), todo: t("error.forbidden.todo"), code };
  }
  if (error.status === 404)
    return { title: said || t("error.missing"), todo: said ? "" : t("error.missing.todo"), code };
  if (error.status === 429) return { title: said || t("error.busy"), todo: said ? "" : t("error.busy.todo"), code };
  if (error.status >= 500) return { title: said || t("error.server"), todo: said ? "" : t("error.server.todo"), code };
  return { title: said || error.message, todo: "", code };
}

/** Whether the answer is missing because the page's address names an order, a filter or a day that does not exist. */
const ofAddress = (error: unknown) =>
  error instanceof ApiError && error.status === 422 && !!error.fields[0]?.field.startsWith("query.");

/** The failure of a form, at the field it is about, else above its button. Nothing when there is none. */
export function FormError({ error }: { error: unknown }) {
  const { title, todo } = useErrorWords(error);
  const place = useRef<HTMLParagraphElement>(null);
  const atField = useFieldError(place, error instanceof ApiError ? error : undefined, title);
  if (!error) return null;
  return (
    <p className={css.form} role="alert" ref={place} hidden={atField}>
      {title} {todo}
    </p>
  );
}

/** Grey lines in place of words still on their way. */
export function SkeletonLines({ lines = 3, height = 14 }: { lines?: number; height?: number }) {
  const t = useT();
  return (
    <div className={css.skeletons} role="status" aria-label={t("loading")}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={css.skeleton} style={{ height, width: `${92 - ((index * 23) % 50)}%` }} />
      ))}
    </div>
  );
}

/** Shows what a query has: grey lines, the error with a way to retry, or the answer. */
export function Await<T>(props: {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  children: (data: T) => ReactNode;
  lines?: number;
}) {
  const { data, error, refetch } = props.query;
  if (data !== undefined) return props.children(data);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <SkeletonLines lines={props.lines ?? 6} />;
}
