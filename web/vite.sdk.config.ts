import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { compress } from "./build/compress.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { version } = JSON.parse(readFileSync(here("./package.json"), "utf8"));
/** Bytes of the packed script: every page of somebody's site loads it. */
const MOST = 6 * 1024;

const small: Plugin = {
  name: "gonfalon:small",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      const size = file.type === "chunk" ? gzipSync(file.code, { level: 9 }).length : 0;
      if (size > MOST) this.error(`${file.fileName} has ${size} bytes packed; ${MOST} is the most it may have.`);
    }
  },
};

/** The script that sites load (../sdk/web), in one file beside the interface. */
export default defineConfig({
  root: here("../sdk/web"),
  publicDir: false,
  plugins: [small, compress()],
  define: { VERSION: JSON.stringify(version) },
  build: {
    target: "es2022",
    outDir: here("./dist/sdk"),
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: here("../sdk/web/src/index.ts"),
      output: { format: "iife", entryFileNames: "gonfalon.js" },
    },
  },
});
