import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
  redirect,
} from "@tanstack/react-router";
// Before the router: Back closes what is open.
import "@/lib/layers";
import type { ComponentType } from "react";
import { ApiError } from "@/api/errors";
import { queryClient } from "@/api/query";
import { roomWords } from "@/lib/i18n";
import { lastWorkspace, meQuery } from "@/lib/session";
import { Failure, Missing } from "./Failure";
import { rooms } from "./rooms";

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing, errorComponent: Failure });

/** Who is signed in, or a redirect to the sign-in page which leads back here. */
async function signedIn(href: string) {
  try {
    return await queryClient.ensureQueryData(meQuery);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      throw redirect({ to: "/sign-in", search: href === "/" ? {} : { back: href } });
    }
    throw error;
  }
}

/** The code of a page. That it can't be fetched without a connection is no reason to load everything anew. */
function code<T>(load: () => Promise<T>): () => Promise<T> {
  return () =>
    load().catch(async (error: unknown) => {
      const answers = await fetch("/health").catch(() => undefined);
      throw answers ? error : new ApiError({ status: 0, code: "no_answer" });
    });
}

/** A page and the styles of Mantine's controls, of which only the home page has none. */
async function styled<T>(page: Promise<T>): Promise<T> {
  const [found] = await Promise.all([page, import("@/ui/controls")]);
  return found;
}

/** A page and what all pages but the home page and the sign-in page need: the words of rooms, and styles. */
function whole(load: () => Promise<{ default: ComponentType }>, words: string[]) {
  return lazyRouteComponent(code(() => styled(Promise.all([load(), roomWords(words)]).then(([page]) => page))));
}

const start = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async ({ location }) => {
    const me = await signedIn(location.href);
    const slugs = me.memberships.map(({ workspace }) => workspace.slug);
    const slug = slugs.find((one) => one === lastWorkspace.get()) ?? slugs[0];
    if (!slug) throw redirect({ to: "/no-workspace" });
    throw redirect({ to: "/w/$workspace", params: { workspace: slug } });
  },
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(code(() => styled(import("@/rooms/accounts/SignInPage")))),
});
const outside = {
  "/forgot-password": () => import("@/rooms/accounts/ForgotPage"),
  "/new-password": () => import("@/rooms/accounts/NewPasswordPage"),
  "/setup": () => import("@/rooms/accounts/SetupPage"),
  "/join": () => import("@/rooms/accounts/JoinPage"),
  "/no-workspace": () => import("@/rooms/accounts/NoWorkspacePage"),
};
const outsideRoutes = Object.entries(outside).map(([path, load]) =>
  createRoute({ getParentRoute: () => root, path, component: whole(load, ["accounts"]) }),
);

/** A page's code is fetched while it is asked who is signed in, not after. */
function fetchCode(ids: string[]): void {
  const routes: Record<string, AnyRoute | undefined> = router.routesById;
  for (const id of ids) (routes[id]?.options.component as RouteComponent | undefined)?.preload?.();
}

const workspace = createRoute({
  getParentRoute: () => root,
  path: "/w/$workspace",
  beforeLoad: ({ location, matches }) => {
    fetchCode(matches.map(({ routeId }) => routeId));
    return signedIn(location.href);
  },
  component: lazyRouteComponent(() => import("./shell/Shell"), "Shell"),
  notFoundComponent: Missing,
});
const home = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  component: lazyRouteComponent(code(() => import("./home/HomePage"))),
});
const pages = rooms.flatMap((room) =>
  Object.entries(room.pages).map(([path, load]) =>
    createRoute({ getParentRoute: () => workspace, path, component: whole(load, [room.name, ...(room.words ?? [])]) }),
  ),
);

/** The gallery of `ui/` is for development; production builds leave it out. */
const gallery =
  import.meta.env.MODE === "production"
    ? []
    : [
        createRoute({
          getParentRoute: () => root,
          path: "/ui-gallery",
          component: whole(() => import("./gallery/GalleryPage"), []),
        }),
      ];

export const router = createRouter({
  routeTree: root.addChildren([start, signIn, ...outsideRoutes, workspace.addChildren([home, ...pages]), ...gallery]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Failure,
  defaultPendingMs: 300,
  scrollRestoration: true,
  // Plain words in the address: no JSON quoting.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const pairs = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
    const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
    return text ? `?${text}` : "";
  },
});
