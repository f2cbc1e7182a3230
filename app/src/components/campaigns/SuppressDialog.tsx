import { useForm } from 'react-hook-form';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useSuppress } from '@/queries/suppressions';

/** An address that is to get no campaign any more. Mounted while it is open. */
export function SuppressDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const suppress = useSuppress();
  const form = useForm({ defaultValues: { email: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ email }) => {
    try {
      const made = await suppress.mutateAsync({ email: email.trim() });
      toast({ title: t('campaigns.suppressed', { email: made.email }), tone: 'success' });
      onClose();
    } catch (error) {
      applyProblem(form, error, t);
    }
  });
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={t('campaigns.suppress')}
      description={t('campaigns.suppressAbout')}
    >
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <FormSummary message={errors.root?.server?.message} />
        <Field label={t('campaigns.email')} error={errors.email?.message}>
          <Input
            type="email"
            autoComplete="off"
            maxLength={254}
            {...form.register('email', {
              validate: (text) => text.includes('@') || t('campaigns.emailNeeded'),
            })}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('patterns.cancel')}</Button>
          <Button type="submit" variant="primary" busy={suppress.isPending}>
            {t('campaigns.suppressAdd')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
