import { X } from 'lucide-react';
import type { Person } from '@/api/schema';
import { FilterBar } from '@/components/patterns/FilterBar';
import { Button } from '@/components/ui/button';
import { type Translate, useT } from '@/i18n/i18n';
import { allEventTypes, auditModules, auditModuleText, eventText, subjectText } from './events';
import { PeriodFilter } from './PeriodFilter';

/** The filters of the log, all of them in the address. */
export interface AuditFilterValues {
  actor?: string | undefined;
  module?: string | undefined;
  type?: string | undefined;
  subjectType?: string | undefined;
  subjectId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

export interface AuditFiltersProps {
  values: AuditFilterValues;
  people: readonly Person[];
  names: ReadonlyMap<string, string>;
  onChange: (change: AuditFilterValues) => void;
  onClear: () => void;
}

export function AuditFilters({ values, people, names, onChange, onClear }: AuditFiltersProps) {
  const t = useT();
  const filters = [
    {
      id: 'actor',
      label: t('audit.actor'),
      multiple: false,
      options: people.map(({ id, fullName, email }) => ({ value: id, label: fullName, hint: email })),
    },
    {
      id: 'module',
      label: t('audit.moduleLabel'),
      multiple: false,
      options: withOwn(auditModules, values.module).map((value) => ({
        value,
        label: auditModuleText(t, value),
      })),
    },
    {
      id: 'type',
      label: t('audit.event'),
      multiple: false,
      options: typeOptions(t, values),
    },
  ];
  const chosen = (id: 'actor' | 'module' | 'type') => {
    const value = values[id];
    const options = filters.find((filter) => filter.id === id)?.options ?? [];
    if (!value) return [];
    return [options.find((option) => option.value === value) ?? { value, label: names.get(value) ?? value }];
  };
  return (
    <FilterBar
      filters={filters}
      applied={[
        { id: 'actor', values: chosen('actor') },
        { id: 'module', values: chosen('module') },
        { id: 'type', values: chosen('type') },
      ]}
      onChange={(id, [option]) => {
        const value = option?.value;
        if (id === 'actor') onChange({ actor: value });
        // A kind of event belongs to one module: the other one would show nothing.
        if (id === 'module') onChange({ module: value, type: undefined });
        if (id === 'type') onChange({ type: value });
      }}
      onClear={onClear}
      extra={
        <>
          <PeriodFilter from={values.from} to={values.to} onChange={onChange} />
          {values.subjectId && (
            <Button
              icon={<X />}
              aria-label={t('patterns.remove', { name: t('audit.subjectLabel') })}
              onClick={() => onChange({ subjectId: undefined, subjectType: undefined })}
            >
              <span className="text-muted">{subjectText(t, values.subjectType ?? '')}</span>
              {names.get(values.subjectId) ?? `…${values.subjectId.slice(-6)}`}
            </Button>
          )}
        </>
      }
    />
  );
}

function typeOptions(t: Translate, { module, type }: AuditFilterValues) {
  const fitting = allEventTypes.filter((candidate) => !module || candidate.startsWith(`${module}.`));
  return withOwn(fitting, type).map((value) => ({
    value,
    label: eventText(t, value),
    hint: auditModuleText(t, value.split('.')[0] ?? ''),
    keywords: value,
  }));
}

/** What stands in the address is a choice too, also if the list does not know it. */
const withOwn = (known: readonly string[], own: string | undefined) =>
  own && !known.includes(own) ? [...known, own] : known;
