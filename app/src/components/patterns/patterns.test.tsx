import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { show } from '@/components/ui/testing';
import { Board } from './Board';
import { BulkBar } from './BulkBar';
import { Chart } from './Chart';
import { ConflictBar } from './ConflictBar';
import { DataTable } from './DataTable';
import { DiffView } from './DiffView';
import { EmptyState } from './EmptyState';
import { ErrorState, Forbidden } from './ErrorState';
import { FilterBar } from './FilterBar';
import { InlineEdit } from './InlineEdit';
import { MarkdownField } from './MarkdownField';
import { markText } from './markdown-marks';
import { nextSort, toggleRange } from './table-model';

const columns = [
  { id: 'open', name: 'Open', items: [{ id: 'a' }, { id: 'b' }] },
  { id: 'done', name: 'Done', items: [{ id: 'c' }] },
];

async function showBoard(canMove = true) {
  const onMove = vi.fn();
  const onOpen = vi.fn();
  const { user } = await show(
    <Board
      label="Tickets"
      columns={columns}
      cardLabel={(item) => `Card ${item.id}`}
      renderCard={(item) => item.id}
      canMove={() => canMove}
      onMove={onMove}
      onOpen={onOpen}
    />,
  );
  return { user, onMove, onOpen, card: (id: string) => screen.getByRole('group', { name: `Card ${id}` }) };
}

describe('Board', () => {
  it('moves the focus with arrows and opens with Enter', async () => {
    const { user, card, onOpen, onMove } = await showBoard();
    card('a').focus();
    await user.keyboard('{ArrowDown}');
    expect(card('b')).toHaveFocus();
    await user.keyboard('{ArrowRight}');
    expect(card('c')).toHaveFocus();
    await user.keyboard('{Enter}');
    expect(onOpen).toHaveBeenCalledWith({ id: 'c' });
    expect(onMove).not.toHaveBeenCalled();
  });

  it('has one tab stop among its cards', async () => {
    const { card } = await showBoard();
    expect([card('a').tabIndex, card('b').tabIndex, card('c').tabIndex]).toEqual([0, -1, -1]);
  });

  it('moves a card with Alt and an arrow and says so', async () => {
    const { user, card, onMove } = await showBoard();
    card('a').focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}');
    expect(onMove).toHaveBeenCalledWith({
      itemId: 'a',
      fromColumnId: 'open',
      columnId: 'done',
      beforeId: 'c',
      afterId: null,
    });
    expect(screen.getByText('Moved to Done, place 1 of 2')).toBeInTheDocument();
  });

  it('moves a card with the menu that M opens', async () => {
    const { user, card, onMove } = await showBoard();
    card('b').focus();
    await user.keyboard('m');
    await user.click(await screen.findByRole('menuitem', { name: 'Done' }));
    expect(onMove).toHaveBeenCalledWith(
      expect.objectContaining({ itemId: 'b', columnId: 'done', beforeId: 'c' }),
    );
  });

  it('moves nothing that may not be moved', async () => {
    const { user, card, onMove } = await showBoard(false);
    card('a').focus();
    await user.keyboard('{Alt>}{ArrowRight}{/Alt}m');
    expect(onMove).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: 'Move Card a' })).not.toBeInTheDocument();
  });
});

const rows = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

describe('DataTable', () => {
  async function showTable() {
    const onOpen = vi.fn();
    const onSelectedChange = vi.fn();
    const onSortChange = vi.fn();
    const { user } = await show(
      <DataTable
        label="Tickets"
        columns={[{ id: 'title', header: 'Title', sortKey: 'title', cell: (row) => `Row ${row.id}` }]}
        rows={rows}
        rowId={(row) => row.id}
        rowLabel={(row) => row.id}
        onOpen={onOpen}
        selected={new Set(['a'])}
        onSelectedChange={onSelectedChange}
        sort="title"
        onSortChange={onSortChange}
      />,
    );
    return { user, onOpen, onSelectedChange, onSortChange };
  }

  it('is walked with arrows, opened with Enter, chosen with X', async () => {
    const { user, onOpen, onSelectedChange } = await showTable();
    const [, first, second] = screen.getAllByRole('row');
    first?.focus();
    await user.keyboard('{ArrowDown}');
    expect(second).toHaveFocus();
    await user.keyboard('{Enter}x');
    expect(onOpen).toHaveBeenCalledWith({ id: 'b' });
    expect(onSelectedChange).toHaveBeenCalledWith(new Set(['a', 'b']));
  });

  it('tells order and selection', async () => {
    const { user, onSortChange, onSelectedChange } = await showTable();
    expect(screen.getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending');
    await user.click(screen.getByRole('button', { name: 'Title' }));
    expect(onSortChange).toHaveBeenCalledWith('-title');
    expect(screen.getByRole('row', { selected: true })).toHaveTextContent('Row a');
    await user.click(screen.getByRole('checkbox', { name: 'Select all' }));
    expect(onSelectedChange).toHaveBeenCalledWith(new Set(['a', 'b', 'c', 'd']));
  });

  it('chooses a range with Shift', () => {
    const ids = rows.map((row) => row.id);
    expect(toggleRange(ids, new Set(['a']), 'd', 'b')).toEqual(new Set(['a', 'b', 'c', 'd']));
    expect(toggleRange(ids, new Set(ids), 'b', 'd')).toEqual(new Set(['a']));
    expect([nextSort(null, 'k'), nextSort('k', 'k'), nextSort('-k', 'k')]).toEqual(['k', '-k', null]);
  });
});

describe('InlineEdit', () => {
  it('saves with Enter, takes back with Escape, keeps the focus', async () => {
    const onSave = vi.fn();
    const { user } = await show(<InlineEdit label="Title" value="Old" onSave={onSave} />);
    await user.click(screen.getByRole('button', { name: 'Title: Old. Edit' }));
    await user.keyboard('New{Escape}');
    expect(onSave).not.toHaveBeenCalled();
    expect(screen.getByRole('button')).toHaveFocus();
    await user.keyboard('{Enter}New{Enter}');
    expect(onSave).toHaveBeenCalledExactlyOnceWith('New');
  });

  it('does not save an empty text', async () => {
    const onSave = vi.fn();
    const { user } = await show(<InlineEdit label="Title" value="Old" onSave={onSave} />);
    await user.click(screen.getByRole('button'));
    await user.clear(screen.getByRole('textbox', { name: 'Title' }));
    await user.keyboard('{Enter}');
    expect(onSave).not.toHaveBeenCalled();
  });
});

describe('FilterBar', () => {
  const state = { id: 'state', label: 'State', options: [{ value: 'open', label: 'Open' }] };

  it('adds a value by keyboard', async () => {
    const onChange = vi.fn();
    const { user } = await show(
      <FilterBar filters={[state]} applied={[]} onChange={onChange} onClear={vi.fn()} />,
    );
    await user.click(screen.getByRole('button', { name: 'Filter' }));
    await user.keyboard('{Enter}');
    await user.click(screen.getByRole('combobox', { name: 'State' }));
    await user.keyboard('op{Enter}');
    expect(onChange).toHaveBeenCalledWith('state', [{ value: 'open', label: 'Open' }]);
  });

  it('takes a filter away', async () => {
    const onChange = vi.fn();
    const applied = [{ id: 'state', values: [{ value: 'open', label: 'Open' }] }];
    const { user } = await show(
      <FilterBar filters={[state]} applied={applied} onChange={onChange} onClear={vi.fn()} />,
    );
    await user.click(screen.getByRole('button', { name: 'Remove State' }));
    expect(onChange).toHaveBeenCalledWith('state', []);
  });
});

it('shows a chart as a table', async () => {
  const data = {
    labels: ['Mon', 'Tue'],
    series: [{ id: 's', label: 'Opened', tone: 'accent' as const, values: [1, 2] }],
  };
  const { user } = await show(
    <Chart title="Flow" summary="More on Tuesday" data={data} kind="bars" labelHeader="Day" />,
  );
  await user.click(screen.getByRole('button', { name: 'View as table' }));
  const table = screen.getByRole('table');
  expect(within(table).getAllByRole('row')).toHaveLength(3);
  expect(within(table).getByRole('columnheader', { name: 'Opened' })).toBeInTheDocument();
});

it('marks and unmarks text', () => {
  expect(markText('a word', 2, 6, 'bold')).toEqual({ text: 'a **word**', from: 4, to: 8 });
  expect(markText('a **word**', 4, 8, 'bold')).toEqual({ text: 'a word', from: 2, to: 6 });
  expect(markText('x', 0, 1, 'list').text).toBe('- x');
  expect(markText('go', 0, 2, 'link').text).toBe('[go](https://)');
});

it('previews what the server rendered and sends with Ctrl+Enter', async () => {
  const onSubmit = vi.fn();
  const preview = vi.fn(async () => '<p>Hello <strong>you</strong></p>');
  const { user } = await show(
    <MarkdownField
      label="Comment"
      value="Hello"
      onValueChange={vi.fn()}
      preview={preview}
      onSubmit={onSubmit}
    />,
  );
  await user.click(screen.getByRole('textbox', { name: 'Comment' }));
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(onSubmit).toHaveBeenCalledOnce();
  await user.click(screen.getByRole('radio', { name: 'Preview' }));
  expect(await screen.findByText('you')).toBeInTheDocument();
});

it('asks what to do about a conflict', async () => {
  const keep = vi.fn();
  const { user } = await show(
    <ConflictBar message="Sita set High" onKeepMine={keep} onTakeTheirs={vi.fn()} />,
  );
  expect(screen.getByRole('alert')).toHaveTextContent('Sita set High');
  await user.click(screen.getByRole('button', { name: 'Keep mine' }));
  expect(keep).toHaveBeenCalledOnce();
});

it('has a heading where content is missing, of the level that fits the place', async () => {
  await show(
    <>
      <EmptyState title="No tickets" />
      <EmptyState level={3} title="Nothing needs you" />
      <ErrorState level={1} title="Not loaded" />
      <Forbidden permission="audit:read" />
    </>,
  );
  const headings = [1, 2, 3].map((level) =>
    screen.queryAllByRole('heading', { level }).map(({ textContent }) => textContent),
  );
  expect(headings).toEqual([
    ['Not loaded', 'You have no access to this page'],
    ['No tickets'],
    ['Nothing needs you'],
  ]);
});

it('shows what changed, and the request to ask about', async () => {
  const retry = vi.fn();
  const { user } = await show(
    <>
      <DiffView label="Changes" fields={[{ id: 'p', label: 'Priority', before: 'low', after: { to: 1 } }]} />
      <ErrorState requestId="0193-abc" onRetry={retry} />
      <BulkBar count={2} onClear={vi.fn()}>
        <button type="button">Assign</button>
      </BulkBar>
    </>,
  );
  expect(screen.getByText('low')).toBeInTheDocument();
  expect(
    screen.getByText('{ "to": 1 }', { normalizer: (text) => text.replace(/\s+/g, ' ') }),
  ).toBeInTheDocument();
  expect(screen.getByText('0193-abc')).toBeInTheDocument();
  expect(screen.getByRole('toolbar', { name: 'Actions on the selection' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(retry).toHaveBeenCalledOnce();
});
