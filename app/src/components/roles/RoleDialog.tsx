import { useForm } from 'react-hook-form';
import type { Role, Scope } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { useCreateRole, useUpdateRole } from '@/queries/roles';
import { roleName } from './role-text';

export interface RoleDialogProps {
  /** The role to rename; without it a new one is made. */
  role?: Role | undefined;
  /** What a new role starts with. */
  template?: { name: string; scopes: readonly Scope[]; rank: number } | undefined;
  /** The highest rank the reader may give. */
  maxRank: number;
  onClose: () => void;
  onDone: (role: Role) => void;
}

/** Name, purpose and rank of a role. Mounted while it is open. */
export function RoleDialog({ onClose, ...props }: RoleDialogProps) {
  const t = useT();
  const { role, template } = props;
  const title = role
    ? t('roles.renameTitle', { name: roleName(t, role.name) })
    : template
      ? t('roles.copyTitle', { name: roleName(t, template.name) })
      : t('roles.newTitle');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      description={role ? undefined : t('roles.newAbout')}
      sticky
    >
      <RoleForm onClose={onClose} {...props} />
    </Dialog>
  );
}

interface Values {
  name: string;
  description: string;
  rank: string;
}

function RoleForm({ role, template, maxRank, onClose, onDone }: RoleDialogProps) {
  const t = useT();
  const create = useCreateRole();
  const update = useUpdateRole();
  const form = useForm<Values>({
    defaultValues: {
      name: role?.name ?? '',
      description: role?.description ?? '',
      rank: String(Math.min(role?.rank ?? template?.rank ?? 50, maxRank)),
    },
  });
  const { errors } = form.formState;
  const submit = form.handleSubmit(async ({ name, description, rank }) => {
    const values = { name: name.trim(), description: description.trim(), rank: Number(rank) };
    try {
      const done = role
        ? await update.mutateAsync({ id: role.id, change: values, version: role.version })
        : await create.mutateAsync({ ...values, scopes: [...(template?.scopes ?? [])] });
      toast({ title: t('roles.saved', { name: done.name }), tone: 'success' });
      onDone(done);
    } catch (error) {
      if (!isCode(error, 'step_up_required')) applyProblem(form, error, t);
    }
  });
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      <Field label={t('roles.name')} error={errors.name?.message}>
        <Input
          autoComplete="off"
          maxLength={60}
          {...form.register('name', { validate: (name) => name.trim() !== '' || t('roles.nameNeeded') })}
        />
      </Field>
      <Field label={t('roles.description')} optional error={errors.description?.message}>
        <Textarea rows={2} maxLength={500} {...form.register('description')} />
      </Field>
      <Field
        label={t('roles.rank')}
        hint={t('roles.rankHint', { max: maxRank })}
        error={errors.rank?.message}
      >
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={maxRank}
          className="num max-w-24"
          {...form.register('rank', {
            validate: (rank) =>
              (Number.isInteger(Number(rank)) && Number(rank) >= 1 && Number(rank) <= maxRank) ||
              t('roles.rankHint', { max: maxRank }),
          })}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{t('patterns.cancel')}</Button>
        <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>
          {role ? t('roles.save') : t('roles.create')}
        </Button>
      </div>
    </form>
  );
}
