/** Puts a file on the disk of whoever asked for it. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has its own hold on the bytes as soon as the click is over.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
