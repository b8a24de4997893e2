import { Link, useNavigate } from "@tanstack/react-router";
import { type AnchorHTMLAttributes, type Ref, useCallback } from "react";
import { useWorkspaceSettings } from "./workspace";

interface Props extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, "href"> {
  /** A path inside the workspace ("/people/12?tab=events"); with `outside`, from the root of the site. */
  to: string;
  outside?: boolean;
  /** Adds `aria-current="page"` only when the address is exactly this one. */
  exact?: boolean;
  ref?: Ref<HTMLAnchorElement>;
}

/** Splits "/people?q=a#b" as the router wants it. */
export function splitPath(path: string): { to: string; search: Record<string, string>; hash?: string } {
  const url = new URL(path, "http://x");
  return {
    to: decodeURI(url.pathname),
    search: Object.fromEntries(url.searchParams),
    hash: url.hash ? url.hash.slice(1) : undefined,
  };
}

/** The full address of a path inside the workspace. */
export function usePlace(): (to: string) => string {
  const { slug } = useWorkspaceSettings();
  return useCallback((to: string) => `/w/${slug}${to === "/" ? "" : to}`, [slug]);
}

/** A link inside the product; loads the page's code when one points at it. */
export function A({ to, outside, exact, ...rest }: Props) {
  const place = usePlace();
  return (
    <Link
      {...splitPath(outside ? to : place(to))}
      activeOptions={{ exact: exact ?? false, includeSearch: false }}
      {...rest}
    />
  );
}

/** Goes to a path inside the workspace: `go("/people/12")`. */
export function useGo(): (to: string, options?: { replace?: boolean; outside?: boolean }) => void {
  const navigate = useNavigate();
  const place = usePlace();
  return useCallback(
    (to, options) => {
      void navigate({ ...splitPath(options?.outside ? to : place(to)), replace: options?.replace ?? false });
    },
    [navigate, place],
  );
}
