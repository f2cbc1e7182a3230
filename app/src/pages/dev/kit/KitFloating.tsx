import { Archive, Copy, MoreHorizontal, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ContextMenu, ContextMenuItem, ContextMenuSeparator } from '@/components/ui/context-menu';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import {
  Menu,
  MenuCheckItem,
  MenuItem,
  MenuLabel,
  MenuRadio,
  MenuSeparator,
  MenuSub,
} from '@/components/ui/menu';
import { Popover } from '@/components/ui/popover';
import { Sheet } from '@/components/ui/sheet';
import { Tabs } from '@/components/ui/tabs';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { Section, Specimen } from './Section';

function SampleMenu() {
  const t = useT();
  const [closed, setClosed] = useState(true);
  const [order, setOrder] = useState<'due' | 'priority'>('due');
  return (
    <Menu trigger={<IconButton variant="secondary" label={t('kit.more')} icon={<MoreHorizontal />} />}>
      <MenuItem icon={<Pencil />} kbd="E">
        {t('kit.edit')}
      </MenuItem>
      <MenuItem icon={<Copy />} disabled hint={t('kit.whyDisabled')}>
        {t('kit.duplicate')}
      </MenuItem>
      <MenuSub label={t('kit.view')}>
        <MenuCheckItem checked={closed} onCheckedChange={setClosed}>
          {t('kit.showClosed')}
        </MenuCheckItem>
      </MenuSub>
      <MenuSeparator />
      <MenuLabel>{t('kit.order')}</MenuLabel>
      <MenuRadio
        value={order}
        onValueChange={setOrder}
        options={[
          { value: 'due', label: t('kit.due') },
          { value: 'priority', label: t('kit.priority') },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} tone="danger">
        {t('kit.delete')}
      </MenuItem>
    </Menu>
  );
}

function Dialogs() {
  const t = useT();
  const [open, setOpen] = useState<'dialog' | 'confirm' | 'sheet' | null>(null);
  const change = (kind: 'dialog' | 'confirm' | 'sheet') => (next: boolean) => setOpen(next ? kind : null);
  return (
    <>
      <Button onClick={() => setOpen('dialog')}>{t('kit.dialog')}</Button>
      <Button onClick={() => setOpen('confirm')}>{t('kit.confirm')}</Button>
      <Button onClick={() => setOpen('sheet')}>{t('kit.sheet')}</Button>
      <Dialog
        open={open === 'dialog'}
        onOpenChange={change('dialog')}
        title={t('kit.newTicket')}
        description={t('kit.dialogText')}
        footer={
          <>
            <Button onClick={() => setOpen(null)}>{t('kit.cancel')}</Button>
            <Button variant="primary" onClick={() => setOpen(null)}>
              {t('kit.save')}
            </Button>
          </>
        }
      >
        <Field label={t('kit.name')} required>
          <Input autoComplete="off" />
        </Field>
      </Dialog>
      <ConfirmDialog
        open={open === 'confirm'}
        onOpenChange={change('confirm')}
        title={t('kit.deleteTitle')}
        description={t('kit.deleteText')}
        confirmLabel={t('kit.delete')}
        typedName="himal-traders"
        onConfirm={() => setOpen(null)}
      />
      <Sheet open={open === 'sheet'} onOpenChange={change('sheet')} title={t('kit.ticket1')}>
        <p className="text-body">{t('kit.noteText')}</p>
      </Sheet>
    </>
  );
}

export function KitFloating() {
  const t = useT();
  const [tab, setTab] = useState<'activity' | 'files'>('activity');
  const undone = () => toast({ title: t('kit.undone') });
  return (
    <Section title={t('kit.floating')}>
      <Specimen name={t('kit.dialogs')}>
        <Dialogs />
      </Specimen>
      <Specimen name={t('kit.menus')}>
        <SampleMenu />
        <Popover label={t('kit.popover')} trigger={<Button>{t('kit.popover')}</Button>}>
          <p className="text-dense">{t('kit.noteText')}</p>
        </Popover>
        <ContextMenu
          trigger={
            <button
              type="button"
              className="h-control rounded-control border border-edge border-dashed px-3 text-dense text-muted"
            >
              {t('kit.contextMenu')}
            </button>
          }
        >
          <ContextMenuItem icon={<Pencil />}>{t('kit.edit')}</ContextMenuItem>
          <ContextMenuSeparator />
          <ContextMenuItem icon={<Trash2 />} tone="danger">
            {t('kit.delete')}
          </ContextMenuItem>
        </ContextMenu>
      </Specimen>
      <Specimen name={t('kit.toast')}>
        <Button icon={<Archive />} onClick={() => toast({ title: t('kit.archived'), onUndo: undone })}>
          {t('kit.toastUndo')}
        </Button>
        <Button onClick={() => toast({ title: t('kit.saved'), tone: 'success' })}>
          {t('kit.toastSuccess')}
        </Button>
        <Button
          onClick={() => toast({ title: t('kit.failed'), description: t('kit.failedWhy'), tone: 'danger' })}
        >
          {t('kit.toastError')}
        </Button>
      </Specimen>
      <Tabs
        label={t('kit.tabs')}
        value={tab}
        onValueChange={setTab}
        items={[
          { value: 'activity', label: t('kit.activity'), count: 12, content: <p>{t('kit.noteText')}</p> },
          { value: 'files', label: t('kit.files'), content: <p>{t('kit.emptyText')}</p> },
        ]}
      />
    </Section>
  );
}
