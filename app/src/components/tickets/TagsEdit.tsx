import { clsx } from 'clsx';
import { Tag } from 'lucide-react';
import { Chip } from '@/components/ui/chip';
import type { PickOption } from '@/components/ui/pick-list';
import { Popover } from '@/components/ui/popover';
import { useT } from '@/i18n/i18n';
import { propertyLook } from './PropertyPick';
import { TagPicker } from './TagPicker';

export interface TagsEditProps {
  tags: readonly string[];
  options: readonly PickOption[];
  disabled?: boolean;
  boxed?: boolean;
  onToggle: (tag: string, has: boolean) => void;
}

/** The tags as chips, and the list to choose others from. */
export function TagsEdit({ tags, options, disabled = false, boxed = false, onToggle }: TagsEditProps) {
  const t = useT();
  return (
    <>
      {tags.map((tag) => (
        <Chip key={tag} name={tag} {...(!disabled && { onRemove: () => onToggle(tag, true) })}>
          {tag}
        </Chip>
      ))}
      {!disabled && (
        <Popover
          label={t('tickets.tags')}
          className="w-60"
          trigger={
            <button
              type="button"
              className={clsx(
                propertyLook,
                'text-muted',
                boxed ? 'h-control rounded-control border border-line px-2' : 'px-1.5',
              )}
            >
              <Tag aria-hidden="true" />
              {t('tickets.addTag')}
            </button>
          }
        >
          <TagPicker options={options} selected={tags} onPick={(tag) => onToggle(tag, tags.includes(tag))} />
        </Popover>
      )}
      {disabled && tags.length === 0 && <span className="text-muted">{t('tickets.nothing')}</span>}
    </>
  );
}
