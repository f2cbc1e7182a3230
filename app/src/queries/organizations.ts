import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Organization, SecurityPolicy } from '@/api/schema';
import type { Body } from '@/api/types';
import { writeKeys } from '@/lib/idempotency';
import { organizations } from '@/services/organizations';
import { keys } from './keys';
import { everyRow } from './pages';
import { useWrite, type WriteDefinition } from './write';

/** The organizations that I am a member of, also before one is chosen. */
export const myOrganizationsOptions = () =>
  queryOptions({
    queryKey: keys.me.organizations,
    queryFn: ({ signal }) => everyRow((cursor) => organizations.list({ cursor, limit: 100 }, signal)),
  });

export const organizationOptions = (org: string) =>
  queryOptions({
    queryKey: keys.organization.profile(org),
    queryFn: ({ signal }) => organizations.get(signal),
  });

export const policyOptions = (org: string) =>
  queryOptions({
    queryKey: keys.organization.policy(org),
    queryFn: ({ signal }) => organizations.policy(signal),
  });

/** Who would be locked out by a policy that is only being thought about. */
export const lockoutOptions = (org: string, policy: Body<'organization_policy_preview'>) =>
  queryOptions({
    queryKey: keys.organization.lockout(org, policy),
    queryFn: ({ signal }) => organizations.previewPolicy(policy, signal),
    staleTime: 0,
  });

/**
 * Who has no second factor: whom the strictest policy would lock out. Null where the server names only the first of them.
 */
export const withoutFactorOptions = (org: string) => {
  const strictest = { requireMfa: true, graceDays: 0 };
  return queryOptions({
    queryKey: [...keys.organization.lockout(org, strictest), 'people'],
    queryFn: async ({ signal }) => {
      const { members, total } = await organizations.previewPolicy(strictest, signal);
      return total > members.length ? null : new Set(members.map(({ userId }) => userId));
    },
  });
};

const foundKeys = writeKeys();

/** Founds an organization. Its own page is entered with a refresh into it. */
export function useFoundOrganization() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'organizations_create'>) =>
      organizations.create(body, { key: foundKeys.of(body) }),
    onSettled: (_, __, body) => {
      foundKeys.settled(body);
      void client.invalidateQueries({ queryKey: keys.me.organizations });
    },
  });
}

type Update = { change: Body<'organization_update'>; version: number };

const update: WriteDefinition<Update, Organization> = {
  family: 'organization',
  run: ({ change, version }) => organizations.update(change, { version }),
  learn: (organization, _, { client, org }) =>
    client.setQueryData(organizationOptions(org).queryKey, organization),
  stale: (org) => [keys.organization.profile(org), keys.bootstrap(org), keys.me.organizations],
};
export const useUpdateOrganization = () => useWrite(update);

type UpdatePolicy = { change: Body<'organization_policy_update'>; version: number };

const updatePolicy: WriteDefinition<UpdatePolicy, SecurityPolicy> = {
  family: 'policy',
  run: ({ change, version }) => organizations.updatePolicy(change, { version }),
  learn: (policy, _, { client, org }) => client.setQueryData(policyOptions(org).queryKey, policy),
  stale: (org) => [keys.organization.policy(org)],
};
export const useUpdatePolicy = () => useWrite(updatePolicy);

const transfer: WriteDefinition<Body<'organization_transfer'>, void> = {
  family: 'organization',
  run: (body, { key }) => organizations.transfer(body, { key }),
  stale: (org) => [keys.members.all(org), keys.bootstrap(org)],
  replayable: true,
};
export const useTransferOwnership = () => useWrite(transfer);

const requestDeletion: WriteDefinition<Body<'organization_deletion_request'>, Organization> = {
  family: 'organization',
  run: (body, { key }) => organizations.requestDeletion(body, { key }),
  stale: (org) => [keys.organization.profile(org), keys.me.organizations],
  replayable: true,
};
export const useRequestOrganizationDeletion = () => useWrite(requestDeletion);

const cancelDeletion: WriteDefinition<void, void> = {
  family: 'organization',
  run: () => organizations.cancelDeletion(),
  stale: (org) => [keys.organization.profile(org), keys.me.organizations],
};
export const useCancelOrganizationDeletion = () => useWrite(cancelDeletion);
