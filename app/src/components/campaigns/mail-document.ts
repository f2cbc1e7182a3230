/** The mail as a page of its own for a frame without rights. */
export interface MailDocument {
  html: string;
  /** Some stood in it, and their words stand there now. */
  pictures: boolean;
}

/**
 * What the server made of a mail, without its pictures: to fetch one tells its owner that somebody looks, and this page
 * fetches nothing from elsewhere. No link of it leads anywhere: its frame may open no window.
 */
export function mailDocument(html: string, word: string): MailDocument {
  // Nothing of a document that was parsed like this runs or is fetched.
  const mail = new DOMParser().parseFromString(html, 'text/html');
  const base = mail.createElement('base');
  base.target = '_blank';
  mail.head.prepend(base);
  const pictures = [...mail.querySelectorAll('img')];
  for (const picture of pictures) {
    const words = mail.createElement('em');
    words.textContent = `[${picture.alt.trim() || word}]`;
    picture.replaceWith(words);
  }
  return { html: `<!doctype html>${mail.documentElement.outerHTML}`, pictures: pictures.length > 0 };
}
