// Builds the page into the package, so that who installs it needs no Node; the same source gives the same bytes.

import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "../python/fabula/serve/page",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    sourcemap: false,
    license: { fileName: "licenses.md" }, // what others wrote of it, as their licences ask
    rollupOptions: {
      output: {
        entryFileNames: "assets/page.js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/page[extname]",
      },
    },
  },
});
