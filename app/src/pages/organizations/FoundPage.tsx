import { Link as RouterLink, useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { Aside, AuthHeading, FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Link } from '@/components/ui/link';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useFoundOrganization } from '@/queries/organizations';
import { useSession } from '@/stores/session';

/** A first organization, or another one. Whoever founds it is its owner. */
export function FoundPage() {
  const t = useT();
  const navigate = useNavigate();
  const found = useFoundOrganization();
  const hasOthers = useSession((session) => session.organizations.length > 0);
  const form = useForm({ defaultValues: { name: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(({ name }) =>
    found.mutateAsync({ name: name.trim() }).then(
      ({ slug }) => void navigate({ to: '/o/$slug', params: { slug } }),
      (error) => applyProblem(form, error, t),
    ),
  );
  return (
    <>
      <AuthHeading title={t('organizations.newTitle')}>{t('organizations.newText')}</AuthHeading>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        <FormSummary message={errors.root?.server?.message} />
        <Field
          label={t('auth.organizationName')}
          hint={t('auth.organizationHint')}
          error={errors.name?.message}
        >
          <Input
            autoComplete="organization"
            {...form.register('name', { required: t('auth.organizationNeeded') })}
          />
        </Field>
        <Button type="submit" variant="primary" size="lg" block busy={found.isPending}>
          {t('organizations.create')}
        </Button>
      </form>
      {hasOthers && (
        <Aside>
          <Link asChild>
            <RouterLink to="/organizations">{t('shell.chooseOrganization')}</RouterLink>
          </Link>
        </Aside>
      )}
    </>
  );
}
