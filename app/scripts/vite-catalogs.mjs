// The texts, parsed at build time, so that the browser gets no ICU parser:
// `virtual:texts` says how to fetch those of each language and area, `virtual:texts/ne/audit` are those of one,
// `virtual:texts/ne/shell` those that every page needs, and `virtual:texts/ne` are all of a language, for tests.
import { compileMessage } from '@lingui/message-utils/compileMessage';
import { areas, catalog, developmentAreas, folder, locales, shellAreas } from './catalogs.mjs';

const root = 'virtual:texts';
const shell = 'shell';

/** The files that a language is fetched in. */
function files(locale, omitted) {
  const own = areas(locale).map(([area]) => area);
  return [shell, ...own.filter((area) => !shellAreas.includes(area) && !omitted.includes(area))];
}

function index(omitted) {
  const line = (locale, area) => `${area}: () => import('${root}/${locale}/${area}')`;
  const language = (locale) =>
    `${locale}: { ${files(locale, omitted)
      .map((area) => line(locale, area))
      .join(', ')} }`;
  return `export const texts = { ${locales.map(language).join(',\n')} };`;
}

function messages(locale, area) {
  const wanted = area === undefined ? undefined : area === shell ? shellAreas : [area];
  const compiled = Object.entries(catalog(locale, wanted)).map(([key, text]) => [key, compileMessage(text)]);
  // A parsed literal is quicker to start than an object of code.
  const json = JSON.stringify(JSON.stringify(Object.fromEntries(compiled)));
  return `export const messages = JSON.parse(${json});`;
}

export function catalogs() {
  let omitted = [];
  return {
    name: 'catalogs',
    configResolved(config) {
      omitted = config.isProduction ? developmentAreas : [];
    },
    resolveId: (id) => (id === root || id.startsWith(`${root}/`) ? `\0${id}` : undefined),
    load(id) {
      if (id === `\0${root}`) return index(omitted);
      if (!id.startsWith(`\0${root}/`)) return undefined;
      const [locale, area] = id.slice(root.length + 2).split('/');
      if (!locales.includes(locale)) return undefined;
      if (area !== undefined && !files(locale, omitted).includes(area)) return undefined;
      return messages(locale, area);
    },
    handleHotUpdate({ file, server }) {
      if (!file.startsWith(folder) || !file.endsWith('.json')) return undefined;
      for (const [id, module] of server.moduleGraph.idToModuleMap) {
        if (id.startsWith(`\0${root}`)) server.moduleGraph.invalidateModule(module);
      }
      server.ws.send({ type: 'full-reload' });
      return [];
    },
  };
}
