import { type ComponentType, type ReactNode, useCallback, useEffect, useEffectEvent, useState } from 'react';
import { deferred } from '@/components/ui/deferred';
import { toast } from '@/components/ui/toast-store';
import { useT } from '@/i18n/i18n';
import { ErrorState } from './ErrorState';

type Load<P> = () => Promise<ComponentType<P>>;

/** A build that is gone answers with nothing at all: its loader told of the new version and went on. */
const partOf = <P,>(load: Load<P>) =>
  deferred(async () => {
    const Part: ComponentType<P> | undefined = await load();
    if (!Part) throw new TypeError('A part of the page is not there any more');
    return { Part };
  });

interface Lazy<P> {
  part: ReturnType<typeof partOf<P>>;
  props: P;
}

export interface LazyPartOptions {
  /** As long as it is not there. */
  waiting?: ReactNode;
  /** In its place when it cannot be fetched; a question to try again unless told otherwise. */
  missing?: (retry: () => void) => ReactNode;
}

/**
 * A part of a page that is fetched when it is shown. Where `lazy` of React fails with the page around it, and with what
 * somebody typed there, this one fails alone, and can be fetched again.
 */
export function lazyPart<P extends object>(load: Load<P>, options: LazyPartOptions = {}): ComponentType<P> {
  const part = partOf(load);
  return (props) => <LazyPart part={part} props={props} {...options} />;
}

function LazyPart<P extends object>({ part, props, waiting, missing }: Lazy<P> & LazyPartOptions) {
  const found = part.use(false);
  const [failed, setFailed] = useState(false);
  const fetch = useCallback(() => {
    setFailed(false);
    part.fetch().catch(() => setFailed(true));
  }, [part]);
  useEffect(fetch, [fetch]);
  if (found) return <found.Part {...props} />;
  if (!failed) return waiting;
  return missing ? missing(fetch) : <MissingPart onRetry={fetch} />;
}

function MissingPart({ onRetry }: { onRetry: () => void }) {
  const t = useT();
  return <ErrorState description={t('patterns.partMissing')} onRetry={onRetry} />;
}

/** The same for a dialog: one that cannot be fetched says so and is closed, so that the next click asks for it again. */
export function lazyDialog<P extends { onClose: () => void }>(load: Load<P>): ComponentType<P> {
  const part = partOf(load);
  return (props) => <LazyDialog part={part} props={props} />;
}

function LazyDialog<P extends { onClose: () => void }>({ part, props }: Lazy<P>) {
  const t = useT();
  const found = part.use(false);
  const onMissing = useEffectEvent(() => {
    toast({ title: t('patterns.partMissing'), tone: 'danger' });
    props.onClose();
  });
  useEffect(() => {
    let here = true;
    part.fetch().catch(() => here && onMissing());
    return () => {
      here = false;
    };
  }, [part]);
  return found ? <found.Part {...props} /> : null;
}
