import { useQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { User } from '@/api/schema';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { faultTexts, problemText } from '@/lib/problem-text';
import { useCan } from '@/queries/bootstrap';
import { useClearAvatar, useSetAvatar } from '@/queries/files';
import { useOrgId } from '@/queries/org';
import { everybodyOptions } from '@/queries/users';

/** What a browser calls the pictures that the server draws anew. */
const PICTURES = 'image/png,image/jpeg,image/webp,image/gif';

/** The address of a picture of this device, as long as it is looked at. */
function useLocalUrl(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      setUrl(undefined);
      URL.revokeObjectURL(made);
    };
  }, [file]);
  return url;
}

/** One's picture, as the colleagues see it. */
export function PictureSection({ user }: { user: User }) {
  const t = useT();
  const org = useOrgId();
  const known = useCan('users_list');
  const people = useQuery({ ...everybodyOptions(org), enabled: known, throwOnError: false });
  const kept = people.data?.find(({ id }) => id === user.id)?.avatar?.url;
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<File>();
  const preview = useLocalUrl(chosen);
  const set = useSetAvatar();
  const clear = useClearAvatar();
  const error = set.error ?? clear.error;
  const forget = () => {
    setChosen(undefined);
    set.reset();
  };
  const save = (file: File) =>
    set.mutate(file, {
      onSuccess: () => {
        setChosen(undefined);
        toast({ title: t('profile.pictureSaved'), tone: 'success' });
      },
    });
  const remove = () =>
    clear.mutate(undefined, {
      onSuccess: () => toast({ title: t('profile.pictureRemoved'), tone: 'success' }),
    });
  return (
    <section aria-label={t('profile.picture')} className="flex items-center gap-4">
      <Avatar name={user.displayName || user.fullName} src={preview ?? kept} size="xl" />
      <div className="flex min-w-0 flex-col gap-1.5">
        <div className="flex flex-wrap items-center gap-2">
          <input
            ref={input}
            type="file"
            hidden
            tabIndex={-1}
            accept={PICTURES}
            aria-label={t('profile.choosePicture')}
            onChange={({ target }) => {
              set.reset();
              clear.reset();
              setChosen(target.files?.[0]);
              target.value = '';
            }}
          />
          {chosen ? (
            <>
              <Button variant="primary" busy={set.isPending} onClick={() => save(chosen)}>
                {t('profile.savePicture')}
              </Button>
              <Button disabled={set.isPending} onClick={forget}>
                {t('patterns.cancel')}
              </Button>
            </>
          ) : (
            <>
              <Button icon={<Upload />} onClick={() => input.current?.click()}>
                {t('profile.choosePicture')}
              </Button>
              {/* Whoever may not see the directory cannot see whether there is one. */}
              {(kept || !known) && (
                <Button variant="ghost" busy={clear.isPending} onClick={remove}>
                  {t('profile.removePicture')}
                </Button>
              )}
            </>
          )}
        </div>
        {error ? (
          <p role="alert" className="text-danger text-meta">
            {Object.values(faultTexts(t, error))[0] ?? problemText(t, error)}
          </p>
        ) : (
          <p className="text-meta text-muted">{t('profile.pictureHint')}</p>
        )}
      </div>
    </section>
  );
}
