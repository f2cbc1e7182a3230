import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  // Two cores are shared with the servers under test.
  workers: 1,
  fullyParallel: false,
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
    trace: { mode: 'retain-on-failure', screenshots: false, sources: false },
    launchOptions: {
      executablePath: process.env.MERO_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
  },
});
