import { Fragment, type ReactNode } from 'react';
import { type Block, blocksOf, type Span, spansOf } from './markdown-parse';

export interface MarkdownProps {
  text: string;
  /** How somebody who is mentioned as `@[name](id)` is shown. */
  mention?: (name: string, id: string) => ReactNode;
}

/** Markdown as elements. No HTML comes in at any point: what looks like a tag is shown as it was typed. */
export function Markdown({ text, mention }: MarkdownProps) {
  return (
    <div className="prose text-body">
      {keyed(blocksOf(text)).map(([key, block]) => (
        <BlockView key={key} block={block} mention={mention} />
      ))}
    </div>
  );
}

type Mention = MarkdownProps['mention'];

/** The parts of a text have no identity but their place. */
function keyed<T>(parts: readonly T[]): (readonly [string, T])[] {
  return parts.map((part, index) => [String(index), part] as const);
}

function BlockView({ block, mention }: { block: Block; mention: Mention }) {
  const inline = (text: string) => <Spans spans={spansOf(text)} mention={mention} />;
  if (block.kind === 'code') {
    return (
      <pre>
        <code>{block.text}</code>
      </pre>
    );
  }
  if (block.kind === 'rule') return <hr />;
  if (block.kind === 'heading') {
    // The page has its own first and second heading.
    const Tag = block.level === 1 ? 'h3' : 'h4';
    return <Tag>{inline(block.text)}</Tag>;
  }
  if (block.kind === 'quote') {
    return (
      <blockquote>
        {keyed(block.blocks).map(([key, inner]) => (
          <BlockView key={key} block={inner} mention={mention} />
        ))}
      </blockquote>
    );
  }
  if (block.kind === 'list') {
    const Tag = block.ordered ? 'ol' : 'ul';
    return (
      <Tag {...(block.ordered && block.start !== 1 ? { start: block.start } : {})}>
        {keyed(block.items).map(([key, item]) => (
          <li key={key}>
            {inline(item.text)}
            {item.blocks.length > 0 &&
              keyed(item.blocks).map(([inner, child]) => (
                <BlockView key={inner} block={child} mention={mention} />
              ))}
          </li>
        ))}
      </Tag>
    );
  }
  return (
    <p>
      {keyed(block.lines).map(([key, line]) => (
        <Fragment key={key}>
          {key !== '0' && <br />}
          {inline(line)}
        </Fragment>
      ))}
    </p>
  );
}

function Spans({ spans, mention }: { spans: readonly Span[]; mention: Mention }) {
  return keyed(spans).map(([key, span]) => {
    const inner = 'spans' in span ? <Spans spans={span.spans} mention={mention} /> : null;
    const shown: Record<Span['kind'], () => ReactNode> = {
      text: () => (span.kind === 'text' ? span.text : null),
      code: () => (span.kind === 'code' ? <code>{span.text}</code> : null),
      strong: () => <strong>{inner}</strong>,
      emphasis: () => <em>{inner}</em>,
      strike: () => <s>{inner}</s>,
      link: () =>
        span.kind === 'link' ? (
          <a href={span.href} target="_blank" rel="noopener noreferrer nofollow">
            {inner}
          </a>
        ) : null,
      mention: () =>
        span.kind === 'mention' ? (mention?.(span.name, span.id) ?? <strong>@{span.name}</strong>) : null,
    };
    return <Fragment key={key}>{shown[span.kind]()}</Fragment>;
  });
}
