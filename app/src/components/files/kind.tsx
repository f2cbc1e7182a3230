import { FileArchive, FileImage, FileSpreadsheet, FileText, File as Plain } from 'lucide-react';

export const isImage = (mediaType: string) => mediaType.startsWith('image/');
export const isPdf = (mediaType: string) => mediaType === 'application/pdf';

/** What stands in the place of a picture. */
export function KindIcon({ mediaType }: { mediaType: string }) {
  if (isImage(mediaType)) return <FileImage aria-hidden="true" />;
  if (/zip|gzip|tar/.test(mediaType)) return <FileArchive aria-hidden="true" />;
  if (/csv|sheet|excel/.test(mediaType)) return <FileSpreadsheet aria-hidden="true" />;
  if (isPdf(mediaType) || /text|word|document/.test(mediaType)) return <FileText aria-hidden="true" />;
  return <Plain aria-hidden="true" />;
}
