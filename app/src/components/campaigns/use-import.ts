import { useState } from 'react';
import type { ImportContact, ImportedContact } from '@/api/schema';
import { useImportContacts } from '@/queries/contactLists';
import { batches } from './import-rows';

export interface ImportOutcomes {
  added: number;
  known: number;
  refused: readonly ImportedContact[];
}

/**
 * Sends rows in batches. Where one fails, those before it are done: the next try goes on after them, and the server
 * knows whom it has.
 */
export function useImport(list: string) {
  const write = useImportContacts();
  const [state, setState] = useState<{ done: number; results: readonly ImportedContact[] }>({
    done: 0,
    results: [],
  });
  const run = async (rows: readonly ImportContact[]): Promise<ImportOutcomes> => {
    let { done, results } = state;
    for (const batch of batches(rows.slice(done))) {
      const answer = await write.mutateAsync({ id: list, rows: batch });
      done += batch.length;
      results = [...results, ...answer.results];
      setState({ done, results });
    }
    return outcomes(results);
  };
  return {
    run,
    done: state.done,
    running: write.isPending,
    error: write.error,
    /** The rows are others now. */
    begin: () => {
      setState({ done: 0, results: [] });
      write.reset();
    },
  };
}

export function outcomes(results: readonly ImportedContact[]): ImportOutcomes {
  const count = (outcome: ImportedContact['outcome']) =>
    results.filter((result) => result.outcome === outcome).length;
  return {
    added: count('added'),
    known: count('known'),
    refused: results.filter(({ outcome }) => outcome === 'refused'),
  };
}
