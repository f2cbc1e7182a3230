import { describe, expect, it } from 'vitest';
import { fromCsv } from '@/lib/csv';
import { BATCH, batches, importRows } from './import-rows';

describe('rows for a list of contacts', () => {
  it('are found by the names of their columns, in any order and of any spreadsheet', () => {
    const rows = [{ email: 'asha@example.com', firstName: 'Asha', lastName: 'Rai' }];
    expect(importRows('email,first_name,last_name\nasha@example.com,Asha,Rai\n')).toEqual(rows);
    expect(importRows('\uFEFFLast name;City;E-mail;First name\r\nRai;Patan;asha@example.com;Asha')).toEqual(
      rows,
    );
    expect(importRows('इमेल\tनाम\tथर\nasha@example.com\tAsha\tRai')).toEqual(rows);
  });

  it('need no names of columns', () => {
    expect(importRows('asha@example.com\n\nbina@example.com, Bina')).toEqual([
      { email: 'asha@example.com' },
      { email: 'bina@example.com', firstName: 'Bina' },
    ]);
    expect(importRows('Asha,Rai,asha@example.com')).toEqual([
      { email: 'asha@example.com', firstName: 'Asha', lastName: 'Rai' },
    ]);
    expect(importRows('Asha,asha@example.com')).toEqual([{ email: 'asha@example.com', firstName: 'Asha' }]);
    expect(importRows('Asha Kumari Rai <asha@example.com>')).toEqual([
      { email: 'asha@example.com', firstName: 'Asha', lastName: 'Kumari Rai' },
    ]);
    expect(importRows(' \n ')).toEqual([]);
  });

  it('keep what is no address: the server says so of the row', () => {
    expect(importRows('email\nnobody\n')).toEqual([{ email: 'nobody' }]);
  });

  it('take quoted cells as they are', () => {
    expect(fromCsv('a,"b ""c"", d"\n"e\nf",g')).toEqual([
      ['a', 'b "c", d'],
      ['e\nf', 'g'],
    ]);
    expect(importRows('email,first_name\nasha@example.com,"As\nha"')).toEqual([
      { email: 'asha@example.com', firstName: 'As ha' },
    ]);
  });

  it('go in batches, each row once', () => {
    const rows = Array.from({ length: 2 * BATCH + 1 }, (_, n) => ({ email: `${n}@example.com` }));
    const sent = batches(rows);
    expect(sent.map(({ length }) => length)).toEqual([BATCH, BATCH, 1]);
    expect(sent.flat()).toEqual(rows);
  });
});
