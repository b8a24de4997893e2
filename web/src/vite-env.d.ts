/// <reference types="vite/client" />
declare module "*.module.css";
declare module "virtual:words/*" {
  const words: Record<string, import("./lib/icu").Message>;
  export default words;
}
