import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const outDir = fileURLToPath(new URL('../src/streamspace/gateway/web/vnc', import.meta.url))

/** The page of VNC sessions, which gateways serve on the sessions' origin; the portal is built apart from it. */
export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: 'vnc.html' },
  },
  plugins: [
    { name: 'index', closeBundle: () => rename(join(outDir, 'vnc.html'), join(outDir, 'index.html')) },
  ],
})
