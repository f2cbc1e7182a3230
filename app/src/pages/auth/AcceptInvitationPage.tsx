import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { InvitationPreview } from '@/api/schema';
import { AcceptAsMe, AcceptAsNew } from '@/components/auth/AcceptForms';
import { AuthHeading } from '@/components/auth/FormParts';
import { ErrorState } from '@/components/patterns/ErrorState';
import { roleName } from '@/components/roles/role-text';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { linkToken } from '@/lib/link-token';
import { isCode } from '@/lib/problem';
import { problemText } from '@/lib/problem-text';
import { invitationPreviewOptions } from '@/queries/invitations';
import { usePending } from '@/stores/pending';
import { useSession } from '@/stores/session';

export function AcceptInvitationPage() {
  const inLink = useLocation({ select: ({ hash }) => linkToken(hash) });
  const kept = usePending((pending) => pending.invitation);
  // Who signs in first comes back without the `#`.
  useEffect(() => {
    if (inLink !== undefined) usePending.setState({ invitation: inLink });
  }, [inLink]);
  const token = inLink ?? kept;
  return token === undefined ? <Over /> : <Invitation token={token} />;
}

function Invitation({ token }: { token: string }) {
  const t = useT();
  const preview = useQuery(invitationPreviewOptions(token));
  if (isCode(preview.error, 'not_found', 'gone', 'invitation_over', 'invalid_input')) return <Over />;
  if (preview.error) {
    return (
      <ErrorState
        level={1}
        description={problemText(t, preview.error)}
        onRetry={() => void preview.refetch()}
      />
    );
  }
  if (!preview.data) {
    return (
      <Loading>
        <Skeleton className="h-6 w-64" />
      </Loading>
    );
  }
  return <Answer token={token} preview={preview.data} />;
}

function Answer({ token, preview }: { token: string; preview: InvitationPreview }) {
  const t = useT();
  const navigate = useNavigate();
  const user = useSession((session) => session.user);
  const { inviterName, organizationName, role } = preview;
  const enter = () => {
    usePending.setState({ invitation: undefined });
    void navigate({ to: '/', replace: true });
  };
  return (
    <>
      <AuthHeading title={t('auth.joinTitle', { organization: organizationName })}>
        {t('auth.joinText', { inviter: inviterName, role: roleName(t, role) })}
      </AuthHeading>
      {user ? (
        <AcceptAsMe token={token} email={user.email} onAccepted={enter} />
      ) : (
        <AcceptAsNew token={token} onAccepted={enter} />
      )}
    </>
  );
}

function Over() {
  const t = useT();
  return (
    <>
      <AuthHeading title={t('auth.invitationTitle')} />
      <Callout tone="warning">{t('auth.invitationOver')}</Callout>
      <Button asChild className="mt-4 self-start">
        <Link to="/">{t('shell.goHome')}</Link>
      </Button>
    </>
  );
}
