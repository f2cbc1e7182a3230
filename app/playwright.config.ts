import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // Tests share one installation and never each other's data. A browser waits half of its time.
  workers: Number(process.env.MERO_WORKERS ?? 2),
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    baseURL: process.env.MERO_BASE_URL ?? 'http://localhost:8080',
    locale: 'en-US',
    timezoneId: 'Asia/Kathmandu',
    // What moves is tested by nobody, and waits for everybody.
    contextOptions: { reducedMotion: 'reduce' },
    // Pictures of the page at every step take a third of the time; a failure shows the page at its end anyway.
    trace: {
      mode: 'retain-on-failure',
      snapshots: process.env.MERO_TRACE !== undefined,
      screenshots: false,
      sources: false,
    },
    launchOptions: {
      executablePath: process.env.MERO_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
  },
});
