import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { CampaignPreflight } from '@/api/schema';
import { useHref } from '@/components/layout/use-go';
import { roleName } from '@/components/roles/role-text';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { linkLook } from '@/components/ui/link';
import { useFormat } from '@/components/ui/preferences';
import { RadioGroup } from '@/components/ui/radio';
import { Select } from '@/components/ui/select';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { contactListsOptions } from '@/queries/contactLists';
import { useOrgId } from '@/queries/org';
import { rolesOptions } from '@/queries/roles';
import type { CampaignValues } from './draft-model';

// Fetched when somebody opens it.
const ListDialog = lazy(() => import('./ListDialog').then((m) => ({ default: m.ListDialog })));

export interface AudienceStepProps {
  form: UseFormReturn<CampaignValues>;
  preflight: CampaignPreflight | undefined;
}

/** Who gets it: members of the organization, or people of a list. */
export function AudienceStep({ form, preflight }: AudienceStepProps) {
  const t = useT();
  const format = useFormat();
  const audience = form.watch('audience');
  const [kind = 'members', id = ''] = audience.split(':');
  const { data: lists } = useQuery(contactListsOptions(useOrgId()));
  const set = (key: string) => form.setValue('audience', key, { shouldDirty: true });
  const pickKind = (next: string) => {
    const first = lists?.[0]?.id;
    set(next === 'list' && first ? `list:${first}` : next);
  };
  return (
    <div className="flex max-w-150 flex-col gap-5">
      <RadioGroup
        label={t('campaigns.audience')}
        value={kind}
        onValueChange={pickKind}
        options={[
          { value: 'members', label: t('campaigns.members'), hint: t('campaigns.membersHint') },
          { value: 'list', label: t('campaigns.aList'), hint: t('campaigns.listHint') },
        ]}
      />
      {kind === 'list' ? (
        <ListPick id={id} onPick={(list) => set(`list:${list}`)} />
      ) : (
        <RolePick id={id} onPick={(role) => set(role ? `members:${role}` : 'members')} />
      )}
      {preflight && audience !== 'list' && (
        <p role="status" className="num text-dense text-muted">
          {t('campaigns.wouldGet', {
            count: preflight.recipients,
            shown: format.number(preflight.recipients),
          })}
          {preflight.suppressed > 0 &&
            ` ${t('campaigns.wouldNot', {
              count: preflight.suppressed,
              shown: format.number(preflight.suppressed),
            })}`}
        </p>
      )}
    </div>
  );
}

const EVERYBODY = 'all';

function RolePick({ id, onPick }: { id: string; onPick: (role: string | null) => void }) {
  const t = useT();
  const { data: roles } = useQuery({ ...rolesOptions(useOrgId()), enabled: useCan('roles_list') });
  // Who may not see roles keeps the one that somebody else chose.
  if (!roles) return null;
  return (
    <Field label={t('campaigns.role')}>
      <Select
        value={id || EVERYBODY}
        onValueChange={(next) => onPick(next === EVERYBODY ? null : next)}
        options={[
          { value: EVERYBODY, label: t('campaigns.allMembers') },
          ...roles.map((role) => ({ value: role.id, label: roleName(t, role.name) })),
        ]}
      />
    </Field>
  );
}

function ListPick({ id, onPick }: { id: string; onPick: (list: string) => void }) {
  const t = useT();
  const href = useHref();
  const [creating, setCreating] = useState(false);
  const { data: lists } = useQuery(contactListsOptions(useOrgId()));
  const mayCreate = useCan('contact_lists_create');
  const known = lists?.some((list) => list.id === id);
  return (
    <div className="flex items-start gap-2">
      <Field
        className="flex-1"
        label={t('campaigns.list')}
        hint={
          lists?.length === 0
            ? t('campaigns.listsNone')
            : known && (
                <Link to={href({ path: `/campaigns/lists/${id}` })} className={linkLook}>
                  {t('campaigns.listShow')}
                </Link>
              )
        }
      >
        <Select
          value={known ? id : null}
          onValueChange={onPick}
          placeholder={t('patterns.choose')}
          disabled={lists?.length === 0}
          options={(lists ?? []).map((list) => ({ value: list.id, label: list.name }))}
        />
      </Field>
      {mayCreate && (
        <Button className="mt-[calc(var(--lh-dense)+4px)]" icon={<Plus />} onClick={() => setCreating(true)}>
          {t('campaigns.listNew')}
        </Button>
      )}
      <Suspense>
        {creating && (
          <ListDialog
            onClose={() => setCreating(false)}
            onDone={(list) => {
              setCreating(false);
              onPick(list.id);
            }}
          />
        )}
      </Suspense>
    </div>
  );
}
