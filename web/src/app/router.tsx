import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiError } from "@/api/errors";
import { queryClient } from "@/api/query";
import { Failure, Missing } from "./Failure";
import { rooms } from "./rooms";
import { lastWorkspace, meQuery } from "./session";
import { Shell } from "./shell/Shell";

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

const outside = {
  "/sign-in": () => import("@/rooms/accounts/SignInPage"),
  "/setup": () => import("@/rooms/accounts/SetupPage"),
  "/join": () => import("@/rooms/accounts/JoinPage"),
  "/no-workspace": () => import("@/rooms/accounts/NoWorkspacePage"),
};
const outsideRoutes = Object.entries(outside).map(([path, load]) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) }),
);

const workspace = createRoute({
  getParentRoute: () => root,
  path: "/w/$workspace",
  beforeLoad: ({ location }) => signedIn(location.href),
  component: Shell,
  notFoundComponent: Missing,
});
const home = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  component: lazyRouteComponent(() => import("./home/HomePage")),
});
const pages = rooms.flatMap((room) =>
  Object.entries(room.pages).map(([path, load]) =>
    createRoute({ getParentRoute: () => workspace, path, component: lazyRouteComponent(load) }),
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
          component: lazyRouteComponent(() => import("./gallery/GalleryPage")),
        }),
      ];

export const router = createRouter({
  routeTree: root.addChildren([start, ...outsideRoutes, workspace.addChildren([home, ...pages]), ...gallery]),
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
