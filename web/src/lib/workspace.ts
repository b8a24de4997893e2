import { createContext, useContext } from "react";

/** What every page needs to know of the workspace it is in. Filled in by `app/`. */
export interface WorkspaceSettings {
  slug: string;
  name: string;
  timezone: string;
  currency: string;
  /** The signed-in person's role here. */
  role: string;
  /** What that role may do. */
  permissions: ReadonlySet<string>;
}

const outside: WorkspaceSettings = {
  slug: "",
  name: "",
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: "EUR",
  role: "",
  permissions: new Set(),
};

export const WorkspaceContext = createContext<WorkspaceSettings>(outside);

/** The workspace of this page; outside of one (sign-in) the browser's zone and euros. */
export const useWorkspaceSettings = () => useContext(WorkspaceContext);

/** Whether the signed-in person may do this here. */
export const useMay = (permission: string) => useWorkspaceSettings().permissions.has(permission);
