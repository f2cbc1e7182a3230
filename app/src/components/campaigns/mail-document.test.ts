import { describe, expect, it } from 'vitest';
import { mailDocument } from './mail-document';

describe('the mail in a frame', () => {
  it('fetches nothing and leads nowhere', () => {
    const { html, pictures } = mailDocument(
      '<!doctype html><html lang="ne"><head><meta charset="utf-8"></head><body><p>Dear <a href="https://tea.example">Asha</a></p>' +
        '<img src="https://tea.example/a.png" alt="First <b>flush</b>"><img src="https://tea.example/b.png" alt=""></body></html>',
      'Picture',
    );
    expect(pictures).toBe(true);
    expect(html).not.toContain('.png');
    expect(html).toContain('[First &lt;b&gt;flush&lt;/b&gt;]');
    expect(html).toContain('[Picture]');
    expect(html).toContain('lang="ne"');
    expect(html).toMatch(/<head><base target="_blank">/);
    expect(html).toContain('<a href="https://tea.example">Asha</a>');
  });

  it('says nothing of pictures where there are none', () => {
    expect(mailDocument('<p>Dear</p>', 'Picture').pictures).toBe(false);
  });
});
