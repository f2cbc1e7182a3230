import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/components/patterns/ErrorState';
import { PageHeader } from '@/components/patterns/PageHeader';
import { DeleteSection } from '@/components/profile/DeleteSection';
import { EmailSection } from '@/components/profile/EmailSection';
import { PictureSection } from '@/components/profile/PictureSection';
import { ProfileForm } from '@/components/profile/ProfileForm';
import { Loading, SkeletonRows } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { ProblemError } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { meOptions } from '@/queries/users';

export function ProfilePage() {
  const t = useT();
  const me = useQuery(meOptions());
  const requestId = me.error instanceof ProblemError ? me.error.requestId : undefined;
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 p-4 *:max-w-reading sm:p-6">
      <PageHeader title={t('nav.profile')} description={t('profile.about')} />
      {me.error && (
        <ErrorState
          description={problemText(t, me.error)}
          requestId={requestId}
          onRetry={() => void me.refetch()}
        />
      )}
      {me.isPending && (
        <Loading>
          <SkeletonRows rows={5} />
        </Loading>
      )}
      {me.data && (
        <>
          <PictureSection user={me.data} />
          <ProfileForm user={me.data} />
          <EmailSection email={me.data.email} />
          <DeleteSection user={me.data} />
        </>
      )}
    </div>
  );
}
