import { Progress } from '@/components/ui/progress';
import { useT } from '@/i18n/i18n';
import { passwordStrength } from '@/lib/password-strength';

const tones = ['danger', 'danger', 'warning', 'success', 'success'] as const;

/** How hard a password is to guess, in words as well. Advice, not a rule: the server judges. */
export function StrengthBar({ password }: { password: string }) {
  const t = useT();
  if (password === '') return null;
  const strength = passwordStrength(password);
  const word = [
    t('account.strength0'),
    t('account.strength1'),
    t('account.strength2'),
    t('account.strength3'),
    t('account.strength4'),
  ][strength];
  return (
    <div className="-mt-2 flex items-center gap-3">
      <Progress
        label={t('account.strength')}
        value={strength + 1}
        max={5}
        tone={tones[strength]}
        valueText={word ?? ''}
      />
      <span aria-live="polite" className="w-28 shrink-0 text-right text-meta text-muted">
        {word}
      </span>
    </div>
  );
}
