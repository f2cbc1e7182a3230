import { ListFilter, Search, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { type LoadOptions, PickList, type PickOption } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { useFormat } from '@/components/ui/preferences';
import { useT } from '@/i18n/i18n';

export interface FilterDef {
  id: string;
  label: string;
  icon?: ReactNode;
  options?: readonly PickOption[];
  load?: LoadOptions;
  multiple?: boolean;
}

export interface AppliedFilter {
  id: string;
  /** Chosen values with their labels, as the page read them from the address. */
  values: readonly PickOption[];
}

export interface FilterBarProps {
  filters: readonly FilterDef[];
  applied: readonly AppliedFilter[];
  /** An empty list takes the filter away. */
  onChange: (id: string, values: readonly PickOption[]) => void;
  onClear: () => void;
  search?: { value: string; onValueChange: (value: string) => void; placeholder?: string };
  /** More chips that are not pick lists, such as a date range. */
  extra?: ReactNode;
  /** Right end: display menu, export. */
  actions?: ReactNode;
}

export function FilterBar({ filters, applied, onChange, onClear, search, extra, actions }: FilterBarProps) {
  const t = useT();
  const active = applied.filter((filter) => filter.values.length > 0);
  return (
    <search className="flex flex-wrap items-center gap-2">
      {search && (
        <Input
          type="search"
          icon={<Search />}
          aria-label={search.placeholder ?? t('patterns.search')}
          placeholder={search.placeholder ?? t('patterns.search')}
          value={search.value}
          onChange={(event) => search.onValueChange(event.currentTarget.value)}
          className="max-sm:w-44 sm:w-52 print:hidden"
        />
      )}
      <span className="contents print:hidden">
        <AddFilter filters={filters} applied={applied} onChange={onChange} />
      </span>
      {active.map((filter) => {
        const def = filters.find((candidate) => candidate.id === filter.id);
        return def && <AppliedChip key={filter.id} def={def} filter={filter} onChange={onChange} />;
      })}
      {extra}
      {active.length > 0 && (
        <Button size="sm" variant="ghost" onClick={onClear}>
          {t('patterns.clearFilters')}
        </Button>
      )}
      {actions && <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </search>
  );
}

type ChangeFilter = FilterBarProps['onChange'];

function toggled(def: FilterDef, values: readonly PickOption[], option: PickOption): readonly PickOption[] {
  const has = values.some((value) => value.value === option.value);
  if (has) return values.filter((value) => value.value !== option.value);
  return def.multiple === false ? [option] : [...values, option];
}

function FilterValues(props: { def: FilterDef; values: readonly PickOption[]; onChange: ChangeFilter }) {
  const { def, values, onChange } = props;
  return (
    <PickList
      label={def.label}
      multiple={def.multiple !== false}
      selected={new Set(values.map((value) => value.value))}
      onPick={(option) => onChange(def.id, toggled(def, values, option))}
      {...(def.options ? { options: def.options } : {})}
      {...(def.load ? { load: def.load } : {})}
    />
  );
}

function AddFilter(props: {
  filters: readonly FilterDef[];
  applied: readonly AppliedFilter[];
  onChange: ChangeFilter;
}) {
  const t = useT();
  const { filters, applied, onChange } = props;
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const def = filters.find((filter) => filter.id === chosen);
  const openChange = (next: boolean) => {
    setOpen(next);
    if (!next) setChosen(null);
  };
  return (
    <Popover
      open={open}
      onOpenChange={openChange}
      label={t('patterns.filter')}
      className="w-60"
      trigger={
        <Button variant="ghost" icon={<ListFilter />}>
          {t('patterns.filter')}
        </Button>
      }
    >
      {def ? (
        <FilterValues
          key={def.id}
          def={def}
          values={applied.find((filter) => filter.id === def.id)?.values ?? []}
          onChange={onChange}
        />
      ) : (
        <PickList
          label={t('patterns.filter')}
          selected={new Set()}
          options={filters.map(({ id, label, icon }) => ({ value: id, label, icon }))}
          onPick={(option) => setChosen(option.value)}
        />
      )}
    </Popover>
  );
}

function AppliedChip({
  def,
  filter,
  onChange,
}: {
  def: FilterDef;
  filter: AppliedFilter;
  onChange: ChangeFilter;
}) {
  const t = useT();
  const format = useFormat();
  const [first, ...rest] = filter.values;
  const shown =
    rest.length === 0
      ? first?.label
      : t('patterns.andMore', { first: first?.label, count: rest.length, shown: format.number(rest.length) });
  return (
    <span className="inline-flex max-w-full items-stretch rounded-control border border-line bg-surface">
      <Popover
        label={def.label}
        className="w-60"
        trigger={
          <button
            type="button"
            className="focus-inset flex h-[calc(var(--control-h)-2px)] min-w-0 items-center gap-1.5 rounded-control px-2 text-dense hover:bg-hover [&_svg]:size-4"
          >
            {def.icon && <span className="text-muted">{def.icon}</span>}
            <span className="text-muted">{def.label}</span>
            <span className="truncate font-medium">{shown}</span>
          </button>
        }
      >
        <FilterValues def={def} values={filter.values} onChange={onChange} />
      </Popover>
      <IconButton
        size="sm"
        tooltip={false}
        label={t('patterns.remove', { name: def.label })}
        icon={<X />}
        className="my-auto mr-0.5"
        onClick={() => onChange(def.id, [])}
      />
    </span>
  );
}
