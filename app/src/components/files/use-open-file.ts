import { useQueryClient } from '@tanstack/react-query';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { problemText } from '@/lib/problem-text';
import { fileLinkOptions } from '@/queries/files';
import { useOrgId } from '@/queries/org';

/** Opens and saves files by links of the moment. */
export function useOpenFile() {
  const t = useT();
  const client = useQueryClient();
  const org = useOrgId();
  const linkTo = async (file: string, rendition: 'original' | 'shown') =>
    (await client.fetchQuery(fileLinkOptions(org, file, rendition))).url;
  const tell = (error: unknown) => toast({ title: problemText(t, error), tone: 'danger' });

  const save = async (file: string, name: string): Promise<void> => {
    try {
      const link = document.createElement('a');
      link.href = await linkTo(file, 'original');
      link.download = name;
      link.click();
    } catch (error) {
      tell(error);
    }
  };
  /** In a tab of its own, which has to be opened in the click: later it would be taken for an advertisement. */
  const show = async (file: string): Promise<void> => {
    const tab = window.open('', '_blank');
    try {
      const url = await linkTo(file, 'shown');
      if (!tab) return;
      tab.opener = null;
      tab.location.replace(new URL(url, location.href).href);
    } catch (error) {
      tab?.close();
      tell(error);
    }
  };
  return { save, show };
}
