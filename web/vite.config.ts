import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compress } from "./build/compress.ts";
import { compileMessages } from "./build/messages.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
/** Where `npm run dev` finds the running application. */
const api = process.env.GONFALON_API ?? "http://127.0.0.1:8000";

export default defineConfig(({ command, mode }) => {
  const production = command === "build" && mode === "production";
  return {
    plugins: [react(), compileMessages(production), compress()],
    resolve: {
      alias: [
        { find: "@", replacement: here("./src") },
        // Messages are parsed while building, so the parser need not travel to the browser.
        ...(production
          ? [
              {
                find: /^@formatjs\/icu-messageformat-parser$/,
                replacement: "@formatjs/icu-messageformat-parser/no-parser.js",
              },
            ]
          : []),
      ],
    },
    server: { proxy: { "/api": { target: api, changeOrigin: false } } },
    build: {
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
    },
    test: { environment: "node", include: ["src/**/*.test.ts", "build/**/*.test.ts"] },
  };
});
