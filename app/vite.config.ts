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

/** The page names what every start needs, so that it comes with the first script and not after it. */
function startPreloads(): Plugin {
  return {
    name: 'start-preloads',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const files = new Set<string>();
        const add = (file: string) => {
          const chunk = bundle[file];
          if (files.has(file) || chunk?.type !== 'chunk') return;
          files.add(file);
          chunk.imports.forEach(add);
        };
        for (const chunk of Object.values(bundle)) {
          if (chunk.type === 'chunk' && chunk.facadeModuleId?.endsWith('/src/app.tsx')) add(chunk.fileName);
        }
        return [...files]
          .filter((file) => !html.includes(file))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${file}` },
            injectTo: 'head' as const,
          }));
      },
    },
  };
}

export default defineConfig(({ mode }) => ({
  plugins: [react(), tailwindcss(), catalogs(), oneTransport(), startPreloads()],
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
            // What runs before the rest is there: nothing of it may wait for a library.
            {
              name: 'first',
              priority: 9,
              test: /\/src\/lib\/(head-start|language)\.ts$|vite\/preload-helper|virtual:texts$/,
            },
            // Stays in the cache when only our code changes.
            {
              name: 'vendor',
              priority: 8,
              test: /node_modules\/(react|react-dom|scheduler|use-sync-external-store|@tanstack\/(query-core|react-query|router-core|react-router|history|store|react-store)|@lingui|axios|zustand|clsx|get-nonce)\//,
            },
            // All that the router needs, which no page can be shown without.
            {
              name: 'start',
              priority: 7,
              test: /\/src\/(router\.tsx|stores\/(?!uploads).*|lib\/(hotkeys|nonce)\.ts|components\/layout\/Prompts\.tsx)$/,
            },
            // Forms are on many pages, and not in the shell.
            { name: 'forms', priority: 7, test: /node_modules\/react-hook-form\// },
            // What nearly every page needs.
            { name: 'base', priority: 6, minShareCount: 18 },
            // What floats comes together, when the browser is idle.
            {
              name: 'floating',
              priority: 1,
              test: /\/src\/components\/ui\/(menu-parts|popover-parts|overlay-parts|select-control|tip-parts)\.tsx?$/,
            },
            // What forms, lists and menus are made of.
            {
              name: 'parts',
              priority: 4,
              test: /\/src\/components\/(ui\/(select|menu|popover|segmented|tabs|badge|chip|load-more|textarea)|patterns\/(tell|FilterBar|use-media)|account\/AccountPage)\.tsx?$/,
              minShareCount: 4,
            },
            // The shell of an organization with all that it is made of.
            { name: 'shell', priority: 3, test: /\/src\/components\/layout\/OrgLayout\.tsx$/ },
            // Files: few pages show some, and none of them pays for tickets.
            {
              name: 'files',
              priority: 5,
              test: /\/src\/((queries|services)\/files|stores\/uploads|lib\/upload-queue)\.ts$/,
            },
            { name: 'account', priority: 5, test: /\/src\/(queries|services)\/(auth|mfa|sessions)\.ts$/ },
            {
              name: 'people',
              priority: 5,
              test: /\/src\/(queries|services)\/(roles|members|invitations|organizations|users)\.ts$/,
            },
            {
              name: 'table',
              priority: 5,
              test: /\/src\/components\/patterns\/(Data[a-zA-Z]+|table-model)\.tsx?$|node_modules\/@tanstack\/(react-table|table-core)\//,
              minShareCount: 2,
              includeDependenciesRecursively: false,
            },
            // What the pages about invoices share.
            {
              name: 'invoices',
              priority: 3,
              includeDependenciesRecursively: false,
              test: /\/src\/((queries|services)\/(invoice[a-zA-Z]*|publicInvoice|papers|customers|catalogue)\.ts|components\/invoices\/(Paper|tax-text|InvoiceS))/,
              minShareCount: 2,
            },
            // What the pages about campaigns share.
            {
              name: 'campaigns',
              priority: 3,
              includeDependenciesRecursively: false,
              test: /\/src\/((queries|services)\/(campaigns|contactLists|suppressions)\.ts|components\/campaigns\/(Campaign(Tabs|State)|StateChips|StateBadge|use-audience))/,
              minShareCount: 2,
            },
            // Fields of many pages, and of none before the sign-in.
            {
              name: 'fields',
              priority: 5,
              test: /\/src\/components\/ui\/(date-field|calendar|combobox)/,
              minShareCount: 2,
              includeDependenciesRecursively: false,
            },
            { name: 'radio', priority: 5, test: /\/src\/components\/ui\/radio\.tsx$/, minShareCount: 2 },
            // What some pages share that is of no module: so that no module's file is fetched for it.
            {
              name: 'common',
              priority: 3,
              test: /\/src\/(components\/(ui\/(?!progress)|patterns\/)|lib\/)/,
              minShareCount: 5,
              includeDependenciesRecursively: false,
            },
            // What the pages about tickets share.
            {
              name: 'tickets',
              priority: 2,
              test: /\/src\/(components\/tickets|queries|services)\/(ticket|[a-z-]+\.ts)/,
              minShareCount: 2,
            },
            // A file for each of them would be more request than icon.
            { name: 'icons', priority: 2, test: /\/lucide-react\//, minShareCount: 3 },
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
    // A machine that does much else besides is slow, not wrong.
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
}));
