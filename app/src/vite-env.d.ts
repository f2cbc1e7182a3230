/// <reference types="vite/client" />

declare module 'virtual:catalog/en' {
  import type { Messages } from '@lingui/core';

  export const messages: Messages;
}

declare module 'virtual:catalog/ne' {
  import type { Messages } from '@lingui/core';

  export const messages: Messages;
}
