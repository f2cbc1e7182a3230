import { activate } from '@/i18n/i18n';
import { applyStyleNonce } from '@/lib/nonce';
import { resume } from '@/stores/session';
import { showPreferences, useUi } from '@/stores/ui';
import '@/styles/tokens.css';
import '@/styles/boot.css';

applyStyleNonce();
showPreferences();

// The session, the texts and the app itself come at the same time; none waits for another.
const slug = /^\/o\/([^/]+)/.exec(location.pathname)?.[1];
const [app] = await Promise.all([
  import('./app'),
  activate(useUi.getState().lang),
  resume(slug === undefined ? undefined : decodeURIComponent(slug)),
]);
app.start();
