import { useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import type { Organization } from '@/api/schema';
import type { Body } from '@/api/types';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { useOrgId } from '@/queries/org';
import { organizationOptions, useUpdateOrganization } from '@/queries/organizations';

export interface ProfileSectionProps {
  organization: Organization;
  editable: boolean;
  /** The address of every page changed with it. */
  onRenamed: (slug: string) => void;
}

type Optional = 'legalName' | 'taxId' | 'email' | 'phone' | 'address';
type Values = Record<Optional | 'name' | 'slug', string>;

const optional: readonly Optional[] = ['legalName', 'taxId', 'email', 'phone', 'address'];

function valuesOf(organization: Organization): Values {
  const { name, slug } = organization;
  const rest = Object.fromEntries(optional.map((field) => [field, organization[field] ?? '']));
  return { name, slug, ...(rest as Record<Optional, string>) }; // The entries are those of `optional`.
}

/** Trimmed; what may be missing and is empty now is taken away. */
function onTheWire(change: Partial<Values>): Body<'organization_update'> {
  const isOptional = (field: string) => optional.some((one) => one === field);
  const fields = Object.entries(change).map(([field, text]) => [field, text.trim()] as const);
  return Object.fromEntries(
    fields.map(([field, text]) => [field, text === '' && isOptional(field) ? null : text]),
  );
}

/** Who the organization is, to its members and on paper. */
export function ProfileSection({ organization, editable, onRenamed }: ProfileSectionProps) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateOrganization();
  const form = useForm<Values>({ defaultValues: valuesOf(organization) });
  const { errors } = form.formState;
  const { submit, saving, dirty, conflict } = useSharedForm({
    form,
    entity: organization,
    values: valuesOf,
    write: (change, version) => update.mutateAsync({ change: onTheWire(change), version }),
    refetch: () => client.fetchQuery({ ...organizationOptions(org), staleTime: 0 }),
    onSaved: (after, before) => {
      toast({ title: t('orgSettings.saved'), tone: 'success' });
      if (after.slug !== before.slug) onRenamed(after.slug);
    },
  });
  const labels: Record<keyof Values, string> = {
    name: t('orgSettings.name'),
    slug: t('orgSettings.slug'),
    legalName: t('orgSettings.legalName'),
    taxId: t('orgSettings.taxId'),
    email: t('orgSettings.email'),
    phone: t('orgSettings.phone'),
    address: t('orgSettings.address'),
  };
  const register = (field: keyof Values, needed?: string) => ({
    ...form.register(field, needed ? { validate: (text) => text.trim() !== '' || needed } : {}),
    readOnly: !editable,
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <FormConflictBar conflict={conflict} labels={labels} busy={saving} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={labels.name} error={errors.name?.message}>
          <Input
            autoComplete="organization"
            maxLength={120}
            {...register('name', t('orgSettings.nameNeeded'))}
          />
        </Field>
        <Field label={labels.slug} hint={t('orgSettings.slugHint')} error={errors.slug?.message}>
          <Input spellCheck={false} maxLength={48} {...register('slug', t('orgSettings.slugNeeded'))} />
        </Field>
        <Field label={labels.legalName} optional={editable} error={errors.legalName?.message}>
          <Input maxLength={200} {...register('legalName')} />
        </Field>
        <Field label={labels.taxId} optional={editable} error={errors.taxId?.message}>
          <Input className="num" maxLength={40} {...register('taxId')} />
        </Field>
        <Field label={labels.email} optional={editable} error={errors.email?.message}>
          <Input type="email" autoComplete="off" maxLength={254} {...register('email')} />
        </Field>
        <Field label={labels.phone} optional={editable} error={errors.phone?.message}>
          <Input type="tel" autoComplete="off" className="num" maxLength={40} {...register('phone')} />
        </Field>
        <Field
          className="sm:col-span-2"
          label={labels.address}
          optional={editable}
          error={errors.address?.message}
        >
          <Textarea rows={2} maxLength={500} {...register('address')} />
        </Field>
      </div>
      {editable && (
        <div className="flex justify-end">
          <Button type="submit" variant="primary" disabled={!dirty || conflict !== undefined} busy={saving}>
            {t('orgSettings.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
