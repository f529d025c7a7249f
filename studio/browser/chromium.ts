import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Where Chromium is installed; undefined where it is not. */
export const chromiumPath = places.find((path) => path && existsSync(path));

/** Why browser tests do not run, for their titles; empty where they do. */
export const skipReason = chromiumPath
  ? ''
  : ' (skipped: no Chromium found; apt-get install chromium, or set $CHROMIUM)';

/** Starts Chromium without a window and without its own business on the network. */
export function launchChromium(): Promise<Browser> {
  const quiet = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: chromiumPath, args: quiet });
}
