import { useForm } from 'react-hook-form';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useT } from '@/i18n/i18n';
import { applyProblem } from '@/lib/problem-text';
import { useCreateCampaign } from '@/queries/campaigns';

export interface NewCampaignDialogProps {
  onClose: () => void;
  onMade: (id: string) => void;
}

/** A draft with a name; all else comes in its steps. Mounted while it is open. */
export function NewCampaignDialog({ onClose, onMade }: NewCampaignDialogProps) {
  const t = useT();
  const create = useCreateCampaign();
  const form = useForm({ defaultValues: { name: '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ name }) => {
    // Made already, and its page is on its way.
    if (create.isPending || create.isSuccess) return;
    try {
      const draft = { name: name.trim(), subject: '', body: '', audience: { kind: 'members' as const } };
      onMade((await create.mutateAsync(draft)).id);
    } catch (error) {
      applyProblem(form, error, t);
    }
  });
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onClose}
      title={t('campaigns.new')}
      description={t('campaigns.newAbout')}
    >
      <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
        <FormSummary message={errors.root?.server?.message} />
        <Field label={t('campaigns.name')} hint={t('campaigns.nameHint')} error={errors.name?.message}>
          <Input
            autoComplete="off"
            maxLength={120}
            {...form.register('name', {
              validate: (text) => text.trim() !== '' || t('campaigns.nameNeeded'),
            })}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('patterns.cancel')}</Button>
          <Button type="submit" variant="primary" busy={create.isPending}>
            {t('campaigns.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
