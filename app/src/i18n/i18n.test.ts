import { describe, expect, it, vi } from 'vitest';

/** The module anew, with nothing loaded. */
async function fresh() {
  vi.resetModules();
  vi.spyOn(navigator, 'language', 'get').mockReturnValue('en-GB');
  const module = await import('./i18n');
  for (const locale of ['ne', 'en']) module.i18n.loadAndActivate({ locale, messages: {} });
  const { texts } = await import('virtual:texts');
  return { ...module, texts };
}

/** A promise that is kept when told. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('texts of areas', () => {
  it('come with the part that needs them, begun at the same time', async () => {
    const { activate, i18n, texts, translate, withTexts } = await fresh();
    await activate('en');
    expect(translate('jobs.about')).toBe('jobs.about');
    const { open, opened } = gate();
    const fetch = vi.spyOn(texts.en, 'jobs');
    const part = withTexts(() => opened.then(() => 'part'), 'jobs')();
    expect(fetch).toHaveBeenCalledOnce();
    open();
    expect(await part).toBe('part');
    expect(translate('jobs.about')).not.toBe('jobs.about');
    expect(i18n.locale).toBe('en');
  });

  it('a part is not there before its texts are', async () => {
    const { activate, texts, withTexts } = await fresh();
    await activate('en');
    const { open, opened } = gate();
    const { messages } = await texts.en.jobs();
    vi.spyOn(texts.en, 'jobs').mockImplementation(() => opened.then(() => ({ messages })));
    let there = false;
    const part = withTexts(async () => 'part', 'jobs')().then(() => {
      there = true;
    });
    await new Promise((resolve) => setTimeout(resolve));
    expect(there).toBe(false);
    open();
    await part;
    expect(there).toBe(true);
  });

  it('are there in another language when it becomes the one in use', async () => {
    const { activate, i18n, needTexts, translate } = await fresh();
    await activate('en');
    await needTexts(['jobs']);
    const english = translate('jobs.about');
    const seen: string[] = [];
    i18n.on('change', () => {
      if (i18n.locale === 'ne') seen.push(translate('jobs.about'));
    });
    await activate('ne');
    expect(seen).not.toHaveLength(0);
    expect(seen).not.toContain('jobs.about');
    expect(seen).not.toContain(english);
  });

  it('a page that comes during the change has them in both', async () => {
    const { activate, needTexts, texts, translate } = await fresh();
    await activate('en');
    const { open, opened } = gate();
    const { messages } = await texts.ne.shell();
    vi.spyOn(texts.ne, 'shell').mockImplementation(() => opened.then(() => ({ messages })));
    const change = activate('ne');
    await needTexts(['jobs']);
    const english = translate('jobs.about');
    expect(english).not.toBe('jobs.about');
    open();
    await change;
    expect(translate('jobs.about')).not.toBe('jobs.about');
    expect(translate('jobs.about')).not.toBe(english);
  });

  it('the language that was chosen last wins', async () => {
    const { activate, i18n, texts } = await fresh();
    await activate('en');
    const { open, opened } = gate();
    const { messages } = await texts.ne.shell();
    vi.spyOn(texts.ne, 'shell').mockImplementation(() => opened.then(() => ({ messages })));
    const slow = activate('ne');
    await activate('en');
    open();
    await slow;
    expect(i18n.locale).toBe('en');
  });

  it('what could not be fetched is fetched again', async () => {
    const { activate, needTexts, texts, translate } = await fresh();
    await activate('en');
    vi.spyOn(texts.en, 'jobs').mockRejectedValueOnce(new Error('gone'));
    await expect(needTexts(['jobs'])).rejects.toThrow('gone');
    await needTexts(['jobs']);
    expect(translate('jobs.about')).not.toBe('jobs.about');
  });

  it('every language has the same areas', async () => {
    const { texts } = await fresh();
    expect(Object.keys(texts.ne)).toEqual(Object.keys(texts.en));
  });
});
