import { fileURLToPath } from 'node:url';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { catalogs } from './scripts/vite-catalogs.mjs';

const backend = process.env.MERO_API ?? 'http://localhost:8080';

/** Requests go by XMLHttpRequest, the first choice of axios in a browser. Its second choice stays out of the bundle. */
function oneTransport(): Plugin {
  const none = '\0one-transport';
  return {
    name: 'one-transport',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id === './fetch.js' && importer?.endsWith('/axios/lib/adapters/adapters.js') ? none : undefined,
    load: (id) => (id === none ? 'export const getFetch = undefined;' : undefined),
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), catalogs(), oneTransport()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // The server puts a fresh nonce in the place of this word. The development server sends no policy.
  html: mode === 'production' ? { cspNonce: '__CSP_NONCE__' } : {},
  build: {
    manifest: true,
    target: 'es2022',
    sourcemap: false,
    // Inlined assets would need `data:` in more places of the content policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few requests without gluing what only some need; the first group that takes a module has it.
        codeSplitting: {
          groups: [
            // Stays in the cache when only our code changes.
            {
              name: 'vendor',
              priority: 4,
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(query-core|react-query|router-core|react-router|history|store|react-store)|@lingui|axios|zustand|clsx)\//,
            },
            // All that the router needs, which no page can be shown without.
            { name: 'start', priority: 3, test: /\/src\/router\.tsx$/ },
            // What nearly every page needs.
            { name: 'base', priority: 2, minShareCount: 16 },
            // A file for each of them would be more request than icon.
            { name: 'icons', priority: 1, test: /\/lucide-react\//, minShareCount: 3 },
          ],
        },
      },
    },
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/api': { target: backend, changeOrigin: false, ws: true } },
  },
  test: {
    environment: 'happy-dom',
    setupFiles: ['src/test/setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    unstubGlobals: true,
  },
}));
