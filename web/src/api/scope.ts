import { createContext, useContext } from "react";

/** The workspace that requests are about, by its slug. */
export const ScopeContext = createContext("");
export const useScope = () => useContext(ScopeContext);
