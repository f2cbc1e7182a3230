import { useQueryClient } from '@tanstack/react-query';
import type { FormEventHandler, ReactNode } from 'react';
import { type UseFormReturn, useForm } from 'react-hook-form';
import type { Role, Scope } from '@/api/schema';
import { FormSummary } from '@/components/auth/FormParts';
import { FormConflictBar } from '@/components/patterns/FormConflictBar';
import { useSharedForm } from '@/components/patterns/use-shared-form';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Textarea } from '@/components/ui/textarea';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { isCode, ProblemError } from '@/lib/problem';
import { applyProblem } from '@/lib/problem-text';
import { useOrgId } from '@/queries/org';
import { rolesOptions, useCreateRole, useUpdateRole } from '@/queries/roles';
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
      {role ? (
        <RenameForm {...props} role={role} onClose={onClose} />
      ) : (
        <CreateForm {...props} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface Values {
  name: string;
  description: string;
  rank: string;
}

const valuesOf = ({ name, description, rank }: Role): Values => ({
  name,
  description: description ?? '',
  rank: String(rank),
});

const onTheWire = ({ name, description, rank }: Partial<Values>) => ({
  ...(name !== undefined && { name: name.trim() }),
  ...(description !== undefined && { description: description.trim() }),
  ...(rank !== undefined && { rank: Number(rank) }),
});

function CreateForm({ template, maxRank, onClose, onDone }: Omit<RoleDialogProps, 'role'>) {
  const t = useT();
  const create = useCreateRole();
  const form = useForm<Values>({
    defaultValues: { name: '', description: '', rank: String(Math.min(template?.rank ?? 50, maxRank)) },
  });
  const submit = form.handleSubmit(async ({ name, description, rank }) => {
    try {
      const done = await create.mutateAsync({
        name: name.trim(),
        description: description.trim(),
        rank: Number(rank),
        scopes: [...(template?.scopes ?? [])],
      });
      toast({ title: t('roles.saved', { name: done.name }), tone: 'success' });
      onDone(done);
    } catch (error) {
      if (!isCode(error, 'step_up_required')) applyProblem(form, error, t);
    }
  });
  return (
    <Fields
      form={form}
      maxRank={maxRank}
      busy={create.isPending}
      label={t('roles.create')}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

function RenameForm({ role, maxRank, onClose, onDone }: RoleDialogProps & { role: Role }) {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const update = useUpdateRole();
  const form = useForm<Values>({ defaultValues: valuesOf(role) });
  const { submit, saving, conflict } = useSharedForm({
    form,
    entity: role,
    values: valuesOf,
    write: (change, version) => update.mutateAsync({ id: role.id, change: onTheWire(change), version }),
    refetch: async () => {
      const all = await client.fetchQuery({ ...rolesOptions(org), staleTime: 0 });
      const now = all.find(({ id }) => id === role.id);
      if (!now) throw new ProblemError({ status: 404, code: 'not_found' });
      return now;
    },
    onSaved: (after) => {
      toast({ title: t('roles.saved', { name: after.name }), tone: 'success' });
      onDone(after);
    },
  });
  const labels = { name: t('roles.name'), description: t('roles.description'), rank: t('roles.rank') };
  return (
    <Fields
      form={form}
      maxRank={maxRank}
      busy={saving}
      label={t('roles.save')}
      above={<FormConflictBar conflict={conflict} labels={labels} busy={saving} />}
      onSubmit={submit}
      onClose={onClose}
    />
  );
}

interface FieldsProps {
  form: UseFormReturn<Values>;
  maxRank: number;
  busy: boolean;
  label: string;
  above?: ReactNode;
  onSubmit: FormEventHandler;
  onClose: () => void;
}

function Fields({ form, maxRank, busy, label, above, onSubmit, onClose }: FieldsProps) {
  const t = useT();
  const { errors } = form.formState;
  return (
    <form onSubmit={onSubmit} noValidate className="flex flex-col gap-4">
      <FormSummary message={errors.root?.server?.message} />
      {above}
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
        <Button type="submit" variant="primary" busy={busy}>
          {label}
        </Button>
      </div>
    </form>
  );
}
