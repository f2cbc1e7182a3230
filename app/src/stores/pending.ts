import { create } from 'zustand';

/** What one was about to do before one had to sign in. In memory only: the token of an invitation is a secret. */
export const usePending = create<{ invitation: string | undefined }>(() => ({ invitation: undefined }));
