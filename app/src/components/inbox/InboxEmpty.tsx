import { Link } from '@tanstack/react-router';
import { Archive, AtSign, Clock, Inbox } from 'lucide-react';
import { EmptyState } from '@/components/patterns/EmptyState';
import { Button } from '@/components/ui/button';
import { useT } from '@/i18n/i18n';
import type { InboxView } from './view';

/** Why there is nothing, and where to look instead. */
export function InboxEmpty({ view, slug }: { view: InboxView; slug: string }) {
  const t = useT();
  const words = {
    inbox: { icon: <Inbox />, title: t('inbox.emptyInbox'), text: t('inbox.emptyInboxText') },
    unread: { icon: <Inbox />, title: t('inbox.emptyUnread'), text: t('inbox.emptyUnreadText') },
    mentions: { icon: <AtSign />, title: t('inbox.emptyMentions'), text: t('inbox.emptyMentionsText') },
    snoozed: { icon: <Clock />, title: t('inbox.emptySnoozed'), text: t('inbox.emptySnoozedText') },
    archived: { icon: <Archive />, title: t('inbox.emptyArchived'), text: t('inbox.emptyArchivedText') },
  }[view];
  const action =
    view === 'inbox' ? (
      <Link to="/o/$slug/settings/notifications" params={{ slug }}>
        {t('inbox.preferences')}
      </Link>
    ) : (
      <Link to="/o/$slug/inbox" params={{ slug }}>
        {t('inbox.showAll')}
      </Link>
    );
  return (
    <EmptyState
      icon={words.icon}
      title={words.title}
      description={words.text}
      action={<Button asChild>{action}</Button>}
    />
  );
}
