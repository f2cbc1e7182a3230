import { Paperclip } from 'lucide-react';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { IconButton } from '@/components/ui/icon-button';

export interface PickFilesProps {
  label: string;
  /** An icon alone, where there is little room. */
  compact?: boolean;
  onFiles: (files: File[]) => void;
}

/** Asks for files of the device, several at once. */
export function PickFiles({ label, compact = false, onFiles }: PickFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  const pick = () => input.current?.click();
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={label}
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = '';
        }}
      />
      {compact ? (
        <IconButton label={label} icon={<Paperclip />} onClick={pick} />
      ) : (
        <Button size="sm" variant="ghost" icon={<Paperclip />} onClick={pick}>
          {label}
        </Button>
      )}
    </>
  );
}
