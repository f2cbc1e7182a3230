import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Organization } from '@/api/schema';
import { PageHeader } from '@/components/patterns/PageHeader';
import { QueryStates } from '@/components/patterns/QueryStates';
import { DangerSection } from '@/components/settings/DangerSection';
import { DeletionNotice } from '@/components/settings/DeletionNotice';
import { FormatsSection } from '@/components/settings/FormatsSection';
import { ProfileSection } from '@/components/settings/ProfileSection';
import { SettingsSection } from '@/components/settings/Section';
import { StorageSection } from '@/components/settings/StorageSection';
import { Skeleton } from '@/components/ui/skeleton';
import { useT } from '@/i18n/i18n';
import { useCan } from '@/queries/bootstrap';
import { useOrgId } from '@/queries/org';
import { organizationOptions } from '@/queries/organizations';
import { settingsOptions } from '@/queries/settings';

export function OrganizationPage() {
  const t = useT();
  const organization = useQuery(organizationOptions(useOrgId()));
  return (
    <div className="mx-auto flex w-full max-w-300 flex-col gap-6 p-4 *:max-w-240 sm:p-6">
      <PageHeader title={t('orgSettings.title')} description={t('orgSettings.about')} />
      <QueryStates query={organization} skeleton={<FormSkeleton />}>
        {organization.data && <Sections organization={organization.data} />}
      </QueryStates>
    </div>
  );
}

function Sections({ organization }: { organization: Organization }) {
  const t = useT();
  const navigate = useNavigate();
  const canEdit = useCan('organization_update');
  const canSeeUsage = useCan('files_usage_get');
  const canSeeSettings = useCan('settings_get');
  return (
    <>
      {organization.deleteAfter && <DeletionNotice after={organization.deleteAfter} />}
      <SettingsSection title={t('orgSettings.profile')} about={t('orgSettings.profileAbout')}>
        <ProfileSection
          key={organization.id}
          organization={organization}
          editable={canEdit}
          onRenamed={(slug) => void navigate({ href: `/o/${slug}/settings/organization`, replace: true })}
        />
      </SettingsSection>
      {canSeeSettings && (
        <SettingsSection title={t('orgSettings.formats')} about={t('orgSettings.formatsAbout')}>
          <Formats />
        </SettingsSection>
      )}
      {canSeeUsage && (
        <SettingsSection title={t('orgSettings.storage')} about={t('orgSettings.storageAbout')}>
          <StorageSection />
        </SettingsSection>
      )}
      <SettingsSection title={t('orgSettings.danger')} about={t('orgSettings.dangerAbout')}>
        {/* Nothing of the organization may stay in this tab: a fresh start, wherever one still belongs. */}
        <DangerSection organization={organization} onLeft={() => window.location.assign('/')} />
      </SettingsSection>
    </>
  );
}

function Formats() {
  const org = useOrgId();
  const settings = useQuery(settingsOptions(org));
  const editable = useCan('settings_update');
  return (
    <QueryStates query={settings} skeleton={<FormSkeleton />}>
      {settings.data && <FormatsSection key={org} settings={settings.data} editable={editable} />}
    </QueryStates>
  );
}

function FormSkeleton() {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="flex flex-col gap-1">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-control" />
        </div>
      ))}
    </div>
  );
}
