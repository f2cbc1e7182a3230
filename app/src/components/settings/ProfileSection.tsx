import { useForm } from 'react-hook-form';
import type { Organization } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { useUpdateOrganization } from '@/queries/organizations';
import { changed } from './changes';

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

/** Who the organization is, to its members and on paper. */
export function ProfileSection({ organization, editable, onRenamed }: ProfileSectionProps) {
  const t = useT();
  const update = useUpdateOrganization();
  const form = useForm<Values>({ defaultValues: valuesOf(organization) });
  const { errors, isDirty } = form.formState;
  const submit = form.handleSubmit(async (values) => {
    const trimmed = Object.fromEntries(Object.entries(values).map(([field, text]) => [field, text.trim()]));
    const change = changed(valuesOf(organization), { ...values, ...trimmed });
    const cleared = Object.fromEntries(
      optional.filter((field) => change[field] === '').map((field) => [field, null]),
    );
    try {
      const after = await update.mutateAsync({
        change: { ...change, ...cleared },
        version: organization.version,
      });
      toast({ title: t('orgSettings.saved'), tone: 'success' });
      if (after.slug !== organization.slug) onRenamed(after.slug);
    } catch (error) {
      if (!isCode(error, 'step_up_required')) applyProblem(form, error, t);
    }
  });
  const register = (field: keyof Values, needed?: string) => ({
    ...form.register(field, needed ? { validate: (text) => text.trim() !== '' || needed } : {}),
    readOnly: !editable,
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('orgSettings.name')} error={errors.name?.message}>
          <Input
            autoComplete="organization"
            maxLength={120}
            {...register('name', t('orgSettings.nameNeeded'))}
          />
        </Field>
        <Field label={t('orgSettings.slug')} hint={t('orgSettings.slugHint')} error={errors.slug?.message}>
          <Input spellCheck={false} maxLength={48} {...register('slug', t('orgSettings.slugNeeded'))} />
        </Field>
        <Field label={t('orgSettings.legalName')} optional={editable} error={errors.legalName?.message}>
          <Input maxLength={200} {...register('legalName')} />
        </Field>
        <Field label={t('orgSettings.taxId')} optional={editable} error={errors.taxId?.message}>
          <Input className="num" maxLength={40} {...register('taxId')} />
        </Field>
        <Field label={t('orgSettings.email')} optional={editable} error={errors.email?.message}>
          <Input type="email" autoComplete="off" maxLength={254} {...register('email')} />
        </Field>
        <Field label={t('orgSettings.phone')} optional={editable} error={errors.phone?.message}>
          <Input type="tel" autoComplete="off" className="num" maxLength={40} {...register('phone')} />
        </Field>
        <Field
          className="sm:col-span-2"
          label={t('orgSettings.address')}
          optional={editable}
          error={errors.address?.message}
        >
          <Textarea rows={2} maxLength={500} {...register('address')} />
        </Field>
      </div>
      {editable && (
        <div className="flex justify-end">
          <Button type="submit" variant="primary" disabled={!isDirty} busy={update.isPending}>
            {t('orgSettings.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
