/**
 * Optimistic writes, per entity. Under the waiting patches lies what the server last said of the touched fields; what is
 * shown is that, with the patches on top in their order. So a write that fails takes away its own patch and nothing
 * else, also when another write to the same entity came after it, and never touches other rows of a list.
 */
export interface Overlay<F extends object> {
  begin: (id: string, patch: Partial<F>) => Pending<F>;
}

export interface Pending<F extends object> {
  undo: () => void;
  /** The server's word: it becomes the base, below what is still waiting. */
  confirm: (entity: Partial<F>) => void;
}

interface Layers<F> {
  base: Partial<F>;
  patches: Partial<F>[];
}

export function overlay<F extends object>(
  read: (id: string) => Partial<F>,
  write: (id: string, fields: Partial<F>) => void,
): Overlay<F> {
  const entities = new Map<string, Layers<F>>();

  const shown = ({ base, patches }: Layers<F>): Partial<F> => Object.assign({}, base, ...patches);

  const settle = (id: string, layers: Layers<F>, patch: Partial<F>, news: Partial<F>) => {
    if (!layers.patches.includes(patch)) return;
    layers.patches = layers.patches.filter((other) => other !== patch);
    for (const field of fieldsOf(news)) layers.base[field] = news[field];
    write(id, shown(layers));
    if (layers.patches.length === 0) entities.delete(id);
  };

  return {
    begin: (id, patch) => {
      const layers: Layers<F> = entities.get(id) ?? { base: {}, patches: [] };
      entities.set(id, layers);
      const now: Partial<F> = read(id);
      for (const field of fieldsOf(patch)) {
        if (!(field in layers.base)) layers.base[field] = now[field];
      }
      layers.patches = [...layers.patches, patch];
      write(id, patch);
      return {
        undo: () => settle(id, layers, patch, {}),
        confirm: (entity) => settle(id, layers, patch, entity),
      };
    },
  };
}

function fieldsOf<F extends object>(fields: Partial<F>): (keyof F)[] {
  // The keys of an object literal are the keys of its type; the language does not say so.
  return Object.keys(fields) as (keyof F)[];
}
