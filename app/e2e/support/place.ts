function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the stories need a running installation`);
  return value;
}

/** Where the installation under test is, and the folder its mails come to. */
export const place = {
  /** Where browsers go. */
  get url(): string {
    return told('MERO_BASE_URL');
  },
  /** Where programs go: where there are several api processes, to another one than browsers. */
  get api(): string {
    return process.env.MERO_API_URL ?? place.url;
  },
  get mails(): string {
    return told('MERO_MAILS');
  },
};

let number = 0;

/** Different in every test of every run: tests share one installation and never look at each other's data. */
export function unique(word: string): string {
  number += 1;
  return `${word}${Date.now().toString(36)}${process.pid.toString(36)}${number}`;
}
