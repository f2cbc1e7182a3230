import { useForm } from 'react-hook-form';
import type { ContactList } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem, problemText } from '@/lib/problem-text';
import { useCreateContactList, useRenameContactList } from '@/queries/contactLists';

export interface ListDialogProps {
  /** The one to rename; without it a new one is made. */
  list?: ContactList | undefined;
  onClose: () => void;
  onDone: (list: ContactList) => void;
}

/** What a list is called. Mounted while it is open. */
export function ListDialog({ list, onClose, onDone }: ListDialogProps) {
  const t = useT();
  const create = useCreateContactList();
  const rename = useRenameContactList();
  const form = useForm({ defaultValues: { name: list?.name ?? '' } });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ name: typed }) => {
    const name = typed.trim();
    try {
      onDone(
        list
          ? await rename.mutateAsync({ id: list.id, version: list.version, name })
          : await create.mutateAsync({ name }),
      );
    } catch (error) {
      if (isCode(error, 'list_name_taken')) form.setError('name', { message: problemText(t, error) });
      else applyProblem(form, error, t);
    }
  });
  return (
    <Dialog
      open
      sticky
      size="sm"
      onOpenChange={onClose}
      title={list ? t('campaigns.listRename') : t('campaigns.listNew')}
      description={list ? undefined : t('campaigns.listAbout')}
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          // The page below may have a form of its own.
          event.stopPropagation();
          void submit(event);
        }}
      >
        <FormSummary message={errors.root?.server?.message} />
        <Field label={t('campaigns.name')} error={errors.name?.message}>
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
          <Button type="submit" variant="primary" busy={create.isPending || rename.isPending}>
            {list ? t('campaigns.save') : t('campaigns.listCreate')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
