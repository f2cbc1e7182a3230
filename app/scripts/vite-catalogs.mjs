// `import { messages } from 'virtual:catalog/ne'`: the catalog of a language, parsed at build time, so that the browser
// gets no ICU parser.
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { catalog, folder, locales } from './catalogs.mjs';

const prefix = 'virtual:catalog/';

/** Areas that are on no page of the production build. */
const development = ['kit'];

export function catalogs() {
  let omitted = [];
  return {
    name: 'catalogs',
    configResolved(config) {
      omitted = config.isProduction ? development : [];
    },
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      const locale = id.startsWith(`\0${prefix}`) ? id.slice(prefix.length + 1) : undefined;
      if (!locales.includes(locale)) return undefined;
      const compiled = Object.entries(catalog(locale, omitted)).map(([key, text]) => [
        key,
        compileMessage(text),
      ]);
      // A parsed literal is quicker to start than an object of code.
      const json = JSON.stringify(JSON.stringify(Object.fromEntries(compiled)));
      return `export const messages = JSON.parse(${json});`;
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder) || !file.endsWith('.json')) return undefined;
      for (const locale of locales) {
        const module = server.moduleGraph.getModuleById(`\0${prefix}${locale}`);
        if (module) server.moduleGraph.invalidateModule(module);
      }
      server.ws.send({ type: 'full-reload' });
      return [];
    },
  };
}
