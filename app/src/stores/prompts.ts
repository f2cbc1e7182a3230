import { create } from 'zustand';

interface Prompts {
  /** Somebody waits for a fresh proof of who is there. */
  stepUp: ((proven: boolean) => void) | undefined;
  /** The server has a newer app than this page. */
  newVersion: boolean;
  palette: boolean;
  shortcuts: boolean;
}

/** What asks for attention above every page. */
export const usePrompts = create<Prompts>(() => ({
  stepUp: undefined,
  newVersion: false,
  palette: false,
  shortcuts: false,
}));

let asking: Promise<boolean> | undefined;

/** Opens the step-up dialog; several requests that need it at once share one. */
export function askStepUp(): Promise<boolean> {
  asking ??= new Promise<boolean>((resolve) => {
    usePrompts.setState({
      stepUp: (proven) => {
        asking = undefined;
        usePrompts.setState({ stepUp: undefined });
        resolve(proven);
      },
    });
  });
  return asking;
}
