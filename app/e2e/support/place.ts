function told(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the stories need a running installation`);
  return value;
}

/** Where the installation under test is, and the folder its mails come to. */
export const place = {
  get url(): string {
    return told('MERO_BASE_URL');
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
