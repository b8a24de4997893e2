import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./build/compress.ts";
import { compileMessages } from "./build/messages.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Where `npm run dev` finds the running application. */
const api = process.env.GONFALON_API ?? "http://127.0.0.1:8000";

/** Mantine defines ten shades and a dozen variants of every hue; we use grey, red and our own. */
const dropColours = {
  postcssPlugin: "gonfalon-drop-colours",
  Declaration(declaration: { prop: string; remove: () => void }) {
    const unused = /^--mantine-color-(pink|grape|violet|indigo|blue|cyan|teal|green|lime|yellow|orange)-/;
    if (unused.test(declaration.prop)) declaration.remove();
  },
};

export default defineConfig({
  plugins: [react(), compileMessages(here("./src")), compress()],
  resolve: { alias: { "@": here("./src") } },
  css: { postcss: { plugins: [dropColours] } },
  server: { proxy: { "/api": { target: api, changeOrigin: false } } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What every page needs, and what the first one needs besides, travel as one file each: a request more
            // costs more than it saves.
            {
              name: "base",
              test: /\/src\/(main|ui\/Mark)\.tsx$|\/src\/(lib\/(?!kept|unsaved|dates|device|liquid)|api\/)[^/]+$/,
              priority: 3,
            },
            {
              name: "home",
              test: /\/src\/(app\/(home\/HomePage|shell\/Shell)|lib\/(kept|unsaved)|ui\/(useLayer|LeaveGuard))\.tsx?$/,
              priority: 2,
            },
            // What rooms say on the home page, and the little that it shares with their own pages.
            {
              name: "today",
              test: /\/src\/rooms\/((planning|insights)\/(home\/|useT)|planning\/(Meter|planning\.module|campaigns\/attention)|teamwork\/dates|insights\/(metrics|report)\.ts)|\/src\/ui\/(NumberTile|charts\/Sparkline)/,
              includeDependenciesRecursively: false,
              priority: 2,
            },
            // What every page with anything on it uses of `ui/`. What many pages do without stays by itself: forms, tables,
            // charts.
            {
              name: "shared",
              test: /\/src\/ui\/(?!Act|charts|useLayer|DateField|DatePickers|Dialog|EmailField|FindField|LeaveGuard|numbers|PasswordField|pictures|table)|icons-react/,
              minShareCount: 4,
              includeDependenciesRecursively: false,
              priority: 1,
            },
            {
              name: "table",
              test: /\/src\/ui\/table\/(?!FilterWord|NameView)|@tanstack\/(react-virtual|virtual-core)\//,
              includeDependenciesRecursively: false,
              priority: 2,
            },
            // Crumbs that many pages share: each would be a request of a few hundred bytes.
            {
              name: "rooms",
              test: /\/src\/rooms\/(planning|teamwork)\//,
              minShareCount: 4,
              includeDependenciesRecursively: false,
            },
          ],
        },
      },
    },
  },
  test: { environment: "node", include: ["src/**/*.test.ts", "build/**/*.test.ts"] },
});
