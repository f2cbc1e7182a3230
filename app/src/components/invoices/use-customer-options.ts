import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { LoadOptions } from '@/components/ui/pick-list';
import { customerChoicesOptions } from '@/queries/customers';
import { useOrgId } from '@/queries/org';

/** Customers as options: the server searches. */
export function useCustomerOptions(): LoadOptions {
  const client = useQueryClient();
  const org = useOrgId();
  return useCallback(
    async (query) => {
      const found = await client.fetchQuery(customerChoicesOptions(org, query.trim()));
      return found.map(({ id, name, taxId, email }) => ({
        value: id,
        label: name,
        ...((taxId ?? email) && { hint: taxId ?? email ?? '' }),
      }));
    },
    [client, org],
  );
}
