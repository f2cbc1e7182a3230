import { type QueryClient, type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type WriteKeys, writeKeys } from '@/lib/idempotency';
import { ProblemError } from '@/lib/problem';
import { tokens } from '@/lib/token';
import { stayIn } from '@/services/http';
import { worthRetrying } from './client';
import { useOrgId } from './org';
import type { Pending } from './overlay';

/** What a write is told of its surroundings. */
export interface Surroundings {
  client: QueryClient;
  org: string;
  /** The idempotency key: the same over every retry of this input. */
  key: string;
}

export interface WriteDefinition<I, O> {
  /** Writes that make the same data stale. It is fetched again when the last waiting one of them is over. */
  family: string;
  run: (input: I, at: Surroundings) => Promise<O>;
  /** Writes to one entity happen one after the other: `ticket:<id>`. */
  entity?: (input: I) => string;
  /** What to show before the answer is there. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a definition may have nothing to show
  optimistic?: (input: I, at: Omit<Surroundings, 'key'>) => Pending<object> | void;
  /** What an answer puts into the cache. */
  learn?: (output: O, input: I, at: Omit<Surroundings, 'key'>) => void;
  /** What is stale afterwards. Also what must not arrive while an optimistic patch is shown. */
  stale: (org: string, input: I) => QueryKey[];
  /** A POST can be sent again by its key; another method cannot, a lost answer would come back as a conflict. */
  replayable?: boolean;
  /** The answer is a secret: nothing keeps it once nobody looks at it. */
  secret?: boolean;
}

type Context = { pending: Pending<object> | undefined };

interface Prepared<I, O> {
  definition: WriteDefinition<I, O>;
  client: QueryClient;
  org: string;
  keys: WriteKeys;
}

/** What is shown before the answer, and no answer of a running query that would paint over it. */
function show<I, O>({ definition, client, org }: Prepared<I, O>, input: I): Context {
  const pending = definition.optimistic?.(input, { client, org }) ?? undefined;
  if (pending) {
    for (const queryKey of definition.stale(org, input)) void client.cancelQueries({ queryKey });
  }
  return { pending };
}

function options<I, O>(prepared: Prepared<I, O>) {
  const { definition, client, org, keys } = prepared;
  const at = { client, org };
  const family = ['write', org, definition.family];
  return {
    mutationKey: family,
    mutationFn: async (input: I) => {
      // A second try, or one that waited its turn, may come when the tab is in another organization already.
      if (tokens.organization) stayIn(org || undefined);
      return await definition.run(input, { ...at, key: keys.of(input) });
    },
    retry: definition.replayable ? worthRetrying : false,
    ...(definition.secret && { gcTime: 0 }),
    onMutate: (input: I): Context => show(prepared, input),
    onSuccess: (output: O, input: I, context: Context) => {
      keys.settled(input);
      context.pending?.confirm(typeof output === 'object' && output !== null ? output : {});
      definition.learn?.(output, input, at);
    },
    onError: (error: unknown, input: I, context: Context | undefined) => {
      if (!(error instanceof ProblemError && error.isUncertain)) keys.settled(input);
      context?.pending?.undo();
    },
    onSettled: (_: O | undefined, error: unknown, input: I) => {
      if (client.isMutating({ mutationKey: family }) > 1) return;
      const fresh = Promise.all(
        definition.stale(org, input).map((queryKey) => client.invalidateQueries({ queryKey })),
      );
      // A refusal is told at once, and what is on the screen already is done. Only where nothing but the data can show
      // what became of a write, it is over when they are there.
      return error || definition.learn || definition.optimistic ? undefined : fresh;
    },
  };
}

/** A write with its state (`isPending`, `error`): for forms and dialogs. */
export function useWrite<I, O>(definition: WriteDefinition<I, O>) {
  const client = useQueryClient();
  const org = useOrgId();
  const stable = useMemo(
    () => options({ definition, client, org, keys: writeKeys() }),
    [definition, client, org],
  );
  return useMutation<O, Error, I, Context>(stable);
}

/**
 * A write without a state of its own, many at a time: for boards, lists and inline edits. Writes to the same entity
 * wait for each other. The promise fails with the problem; whoever calls tells the user.
 */
export function useCommand<I, O>(definition: WriteDefinition<I, O>): (input: I) => Promise<O> {
  const client = useQueryClient();
  const org = useOrgId();
  return useMemo(() => command(definition, client, org), [definition, client, org]);
}

export function command<I, O>(definition: WriteDefinition<I, O>, client: QueryClient, org: string) {
  const prepared = { definition, client, org, keys: writeKeys() };
  const stable = options(prepared);
  return (input: I): Promise<O> => {
    const scope = definition.entity ? { scope: { id: definition.entity(input) } } : {};
    // In the same tick as the drop: a card that waits for a promise would flash back to where it came from.
    const context = show(prepared, input);
    const cache = client.getMutationCache();
    return cache
      .build<O, Error, I, Context>(client, { ...stable, ...scope, onMutate: () => context })
      .execute(input);
  };
}
