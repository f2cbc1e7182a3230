import { describe, expect, it } from 'vitest';
import type { FullCampaign } from '@/queries/campaigns';
import {
  audienceKey,
  audienceOf,
  baseOf,
  changedFields,
  changeOf,
  contestedFields,
  rebased,
  stored,
  valuesOf,
} from './draft-model';

const when = '2026-11-01T00:00:00.000Z';
const draft: FullCampaign = {
  id: 'c1',
  name: 'Spring',
  subject: 'Tea',
  body: 'Dear',
  audience: { kind: 'members' },
  state: 'draft',
  planned: false,
  version: 1,
  createdAt: when,
  updatedAt: when,
};
const base = baseOf(draft);
const mine = (change: Partial<ReturnType<typeof valuesOf>>) => ({ ...valuesOf(draft), ...change });
const theirs = (change: Partial<FullCampaign>) => ({ ...draft, version: 2, ...change });

describe('the audience of a draft', () => {
  it('is one value in the form, and the same on the wire', () => {
    for (const audience of [
      { kind: 'members' as const },
      { kind: 'members' as const, roleId: 'r1' },
      { kind: 'list' as const, listId: 'l1' },
    ]) {
      expect(audienceOf(audienceKey(audience))).toEqual(audience);
    }
  });
});

describe('a draft that stores itself', () => {
  it('sends what changed, and keeps back what cannot be stored yet', () => {
    expect(changeOf(base, mine({}))).toEqual({});
    expect(changeOf(base, mine({ body: 'Dear all', audience: 'list:l1' }))).toEqual({
      body: 'Dear all',
      audience: { kind: 'list', listId: 'l1' },
    });
    expect(changeOf(base, mine({ name: ' ', audience: 'list' }))).toEqual({});
  });

  it('does not write again what the server took blanks off, nor takes them out of the form', () => {
    const typed = mine({ body: 'Dear ' });
    const after = stored(base, typed, theirs({ body: 'Dear', version: 2 }));
    expect(changedFields(after, typed)).toEqual([]);
    const next = rebased(after, typed, theirs({ name: 'Autumn', version: 3 }), []);
    expect(next.form).toEqual({ ...typed, name: 'Autumn' });
    expect(changedFields(next.base, next.form)).toEqual([]);
  });

  it('takes over what others changed where one changed nothing', () => {
    const typed = mine({ body: 'Dear all' });
    const news = theirs({ subject: 'Coffee' });
    expect(contestedFields(base, typed, valuesOf(news))).toEqual([]);
    const next = rebased(base, typed, news, changedFields(base, typed));
    expect(next.form).toEqual({ ...typed, subject: 'Coffee' });
    expect(changeOf(next.base, next.form)).toEqual({ body: 'Dear all' });
    expect(next.base.version).toBe(2);
  });

  it('lets one choose where both changed the same', () => {
    const typed = mine({ subject: 'My tea', body: 'Dear all' });
    const news = theirs({ subject: 'Coffee' });
    expect(contestedFields(base, typed, valuesOf(news))).toEqual(['subject']);
    const kept = rebased(base, typed, news, ['subject', 'body']);
    expect(changeOf(kept.base, kept.form)).toEqual({ subject: 'My tea', body: 'Dear all' });
    const taken = rebased(base, typed, news, ['body']);
    expect(taken.form.subject).toBe('Coffee');
    expect(changeOf(taken.base, taken.form)).toEqual({ body: 'Dear all' });
  });

  it('has no quarrel where both wrote the same', () => {
    expect(contestedFields(base, mine({ body: 'Dear all' }), mine({ body: 'Dear all' }))).toEqual([]);
  });
});
