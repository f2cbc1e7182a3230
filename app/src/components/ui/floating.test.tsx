import { act, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Avatar, initials } from './avatar';
import { Badge, CountBadge } from './badge';
import { Button } from './button';
import { Callout } from './callout';
import { Chip } from './chip';
import { ConfirmDialog } from './confirm-dialog';
import { ContextMenu, ContextMenuItem } from './context-menu';
import { CopyButton } from './copy-button';
import { Dialog } from './dialog';
import { IconButton } from './icon-button';
import { Kbd } from './kbd';
import { Link } from './link';
import { LoadMore } from './load-more';
import { Menu, MenuCheckItem, MenuItem } from './menu';
import { Popover } from './popover';
import { Progress } from './progress';
import { Sheet } from './sheet';
import { Loading } from './skeleton';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from './table';
import { Tabs } from './tabs';
import { show } from './testing';
import { clearToasts, toast } from './toast-store';

afterEach(() => act(clearToasts));

function Opener({ kind }: { kind: 'dialog' | 'sheet' }) {
  const [open, setOpen] = useState(false);
  const Part = kind === 'dialog' ? Dialog : Sheet;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Part open={open} onOpenChange={setOpen} title="New ticket">
        <input aria-label="Title" />
      </Part>
    </>
  );
}

describe.each(['dialog', 'sheet'] as const)('%s', (kind) => {
  it('is named, closes with Escape and gives the focus back', async () => {
    const { user } = await show(<Opener kind={kind} />);
    await user.click(screen.getByRole('button', { name: 'Open' }));
    expect(screen.getByRole('dialog', { name: 'New ticket' })).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await waitFor(() => expect(screen.getByRole('button', { name: 'Open' })).toHaveFocus());
  });

  it('closes with its button', async () => {
    const { user } = await show(<Opener kind={kind} />);
    await user.click(screen.getByRole('button', { name: 'Open' }));
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });
});

it('confirms only the typed name', async () => {
  const onConfirm = vi.fn();
  const { user } = await show(
    <ConfirmDialog
      open
      onOpenChange={vi.fn()}
      title="Delete?"
      description="For good."
      confirmLabel="Delete"
      typedName="himal"
      onConfirm={onConfirm}
    />,
  );
  const box = screen.getByRole('textbox', { name: 'Type “himal” to confirm' });
  await user.type(box, 'hima{Enter}');
  expect(screen.getByRole('button', { name: 'Delete' })).toBeDisabled();
  expect(onConfirm).not.toHaveBeenCalled();
  await user.type(box, 'l{Enter}');
  expect(onConfirm).toHaveBeenCalledOnce();
});

it('opens a menu by keyboard and acts', async () => {
  const edit = vi.fn();
  const check = vi.fn();
  const { user } = await show(
    <Menu trigger={<Button>More</Button>}>
      <MenuItem onSelect={edit}>Edit</MenuItem>
      <MenuItem disabled>Copy</MenuItem>
      <MenuCheckItem checked={false} onCheckedChange={check}>
        Closed too
      </MenuCheckItem>
    </Menu>,
  );
  screen.getByRole('button', { name: 'More' }).focus();
  await user.keyboard('{Enter}{ArrowDown}');
  expect(screen.getByRole('menuitemcheckbox', { name: 'Closed too' })).toHaveFocus();
  await user.keyboard('{Enter}');
  expect(check).toHaveBeenCalledWith(true);
  await user.keyboard('{Home}{Enter}');
  expect(edit).toHaveBeenCalledOnce();
  expect(screen.queryByRole('menu')).not.toBeInTheDocument();
});

it('opens a context menu with the right button', async () => {
  const onSelect = vi.fn();
  const { user } = await show(
    <ContextMenu trigger={<button type="button">Row</button>}>
      <ContextMenuItem onSelect={onSelect}>Edit</ContextMenuItem>
    </ContextMenu>,
  );
  await user.pointer({ keys: '[MouseRight]', target: screen.getByRole('button') });
  await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
  expect(onSelect).toHaveBeenCalledOnce();
});

it('names a popover', async () => {
  const { user } = await show(
    <Popover label="Filter" trigger={<Button>Filter</Button>}>
      inside
    </Popover>,
  );
  await user.click(screen.getByRole('button', { name: 'Filter' }));
  expect(screen.getByRole('dialog', { name: 'Filter' })).toHaveTextContent('inside');
});

it('shows the tooltip of an icon button on focus', async () => {
  const { user } = await show(<IconButton label="New ticket" kbd="C" icon={<svg aria-hidden="true" />} />);
  await user.tab();
  expect(screen.getByRole('button', { name: 'New ticket' })).toHaveFocus();
  expect(await screen.findByRole('tooltip')).toHaveTextContent('New ticket');
});

it('changes tabs with arrows', async () => {
  const onValueChange = vi.fn();
  const { user } = await show(
    <Tabs
      label="Parts"
      value="one"
      onValueChange={onValueChange}
      items={[
        { value: 'one', label: 'One', content: 'first' },
        { value: 'two', label: 'Two', content: 'second' },
      ]}
    />,
  );
  screen.getByRole('tab', { name: 'One', selected: true }).focus();
  await user.keyboard('{ArrowRight}');
  expect(onValueChange).toHaveBeenCalledWith('two');
  expect(screen.getByRole('tabpanel')).toHaveTextContent('first');
});

describe('toasts', () => {
  it('are undone by button or Ctrl+Z, once', async () => {
    const onUndo = vi.fn();
    const { user } = await show(<p>page</p>);
    act(() => void toast({ title: 'Archived', onUndo }));
    expect(await screen.findByRole('button', { name: 'Undo' })).toBeInTheDocument();
    await user.keyboard('{Control>}z{/Control}');
    expect(onUndo).toHaveBeenCalledOnce();
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).not.toBeInTheDocument());
    await user.keyboard('{Control>}z{/Control}');
    expect(onUndo).toHaveBeenCalledOnce();
  });

  it('leave Ctrl+Z to a text box', async () => {
    const onUndo = vi.fn();
    const { user } = await show(<input aria-label="Text" />);
    act(() => void toast({ title: 'Archived', onUndo }));
    await user.click(screen.getByRole('textbox'));
    await user.keyboard('{Control>}z{/Control}');
    expect(onUndo).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(onUndo).toHaveBeenCalledOnce();
  });

  it('are reached with F8', async () => {
    const { user } = await show(<p>page</p>);
    act(() => void toast({ title: 'Saved', duration: 60_000 }));
    await screen.findByText('Saved');
    await user.keyboard('[F8]');
    expect(screen.getByRole('region', { name: 'Notifications (F8)' })).toContainElement(
      document.activeElement instanceof HTMLElement ? document.activeElement : null,
    );
  });
});

it('names people, states and progress', async () => {
  expect(initials('Sunita Kumari Shrestha')).toBe('SS');
  expect(initials('मेघा राई')).toBe('मेरा');
  await show(
    <>
      <Avatar name="Sunita Shrestha" />
      <Badge tone="success">Active</Badge>
      <CountBadge count={120} label="120 unread" />
      <CountBadge count={0} label="0 unread" />
      <Progress label="Members" value={7} max={10} valueText="7 of 10" />
      <Callout tone="danger" alert>
        Failed
      </Callout>
      <Kbd keys="Ctrl K" />
      <Link href="/x" external>
        Guide
      </Link>
    </>,
  );
  expect(screen.getByRole('img', { name: 'Sunita Shrestha' })).toHaveTextContent('SS');
  expect(screen.getByText('99+')).toBeInTheDocument();
  expect(screen.queryByText('0 unread')).not.toBeInTheDocument();
  expect(screen.getByRole('progressbar', { name: 'Members' })).toHaveAttribute('aria-valuenow', '7');
  expect(screen.getByRole('alert')).toHaveTextContent('Failed');
  expect(screen.getByText('K').tagName).toBe('KBD');
  expect(screen.getByRole('link', { name: 'Guide' })).toHaveAttribute('rel', 'noopener noreferrer');
});

it('removes a chip, loads more, copies', async () => {
  const onRemove = vi.fn();
  const onLoadMore = vi.fn();
  const { user } = await show(
    <>
      <Chip name="urgent" onRemove={onRemove}>
        urgent
      </Chip>
      <LoadMore hasMore loading={false} onLoadMore={onLoadMore} />
      <CopyButton text="mjx_1" label="Copy key" wide />
    </>,
  );
  await user.click(screen.getByRole('button', { name: 'Remove urgent' }));
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  await user.click(screen.getByRole('button', { name: 'Copy key' }));
  expect(onRemove).toHaveBeenCalledOnce();
  expect(onLoadMore).toHaveBeenCalledOnce();
  expect(await navigator.clipboard.readText()).toBe('mjx_1');
  expect(screen.getAllByText('Copied').length).toBeGreaterThan(0);
});

it('lets a table be scrolled by keyboard and waits before showing skeletons', async () => {
  await show(
    <>
      <Table label="Plans">
        <TableHead>
          <tr>
            <TableHeader>Name</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          <TableRow>
            <TableCell>Free</TableCell>
          </TableRow>
        </TableBody>
      </Table>
      <Loading delay={40}>
        <p>bars</p>
      </Loading>
    </>,
  );
  expect(screen.getByRole('region', { name: 'Plans' })).toHaveAttribute('tabindex', '0');
  expect(screen.getByRole('cell', { name: 'Free' })).toBeInTheDocument();
  const room = screen.getByText('bars').parentElement;
  expect(room).toHaveClass('invisible');
  await waitFor(() => expect(room).not.toHaveClass('invisible'));
});
