// Opens pages in the system's chromium, and hears all that they do there.

import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from './inpage.mjs';

const MODULES =
  process.env.GAINSAY_BROWSER_MODULES ?? fileURLToPath(new URL('../../target/browser/node_modules', import.meta.url));

/** A module of the folder that the tests were given. */
export const module = (name) => createRequire(import.meta.url)(join(resolve(MODULES), name));

export async function launch() {
  const folders = process.env.PATH.split(delimiter);
  const executablePath = folders.map((folder) => join(folder, 'chromium')).find(existsSync);
  if (!executablePath) throw new Error('`chromium` is not on the search path');
  const alone = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'];
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...alone];
  return module('playwright-core').chromium.launch({ executablePath, args });
}

/** The windows of a browser, one each with and without script and zoomed or not; to open a new one takes long. */
export class Windows {
  constructor(browser) {
    Object.assign(this, { browser, open: new Map(), hear: () => {} });
  }

  /** A window with nothing in it. */
  async empty({ script, scale }) {
    const name = `${script} ${scale}`;
    if (!this.open.has(name)) {
      const how = { javaScriptEnabled: script, deviceScaleFactor: scale, reducedMotion: 'reduce' };
      const context = await this.browser.newContext(how);
      context.setDefaultTimeout(15_000);
      this.listen(context);
      this.open.set(name, await context.newPage());
    }
    const page = this.open.get(name);
    await page.goto('about:blank');
    return page;
  }

  listen(context) {
    const hear = (what) => this.hear(what);
    context.on('console', (message) => hear(`console ${message.type()}: ${message.text()}`));
    context.on('weberror', (error) => hear(`error: ${error.error().message}`));
    context.on('dialog', (dialog) => {
      hear(`dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
    context.on('page', (page) => page.on('popup', (popup) => hear(`another window: ${popup.url()}`)));
    context.on('request', (request) => {
      if (!/^(data:|about:blank)/.test(request.url())) hear(`request: ${request.url().split('#')[0]}`);
    });
  }

  /** Leaves every page. */
  async leave() {
    await Promise.all([...this.open.values()].map((page) => page.goto('about:blank')));
    this.hear = () => {};
  }
}

/** A page under test: its file, whom it is for (`editor` or `class`), and the JSON report on the same claims. */
export class Subject {
  constructor(windows, { file, kind, report }) {
    Object.assign(this, { windows, file: resolve(file), kind });
    this.url = pathToFileURL(this.file).href;
    const { findings, space } = JSON.parse(readFileSync(report, 'utf8'));
    Object.assign(this, { findings, space });
    /** What the page said or asked for by itself, which should be nothing. */
    this.heard = new Set();
    /** How many milliseconds a page has to do what is asked of it. */
    this.patience = 3000;
  }

  /** Loads the page into the window of its kind, which is then no longer what it was. */
  async open({ width = 1400, height = 900, scale = 1, media = null, scheme = 'light', script = true, hash = '' } = {}) {
    const page = await this.windows.empty({ script, scale });
    this.windows.hear = (what) => what === `request: ${this.url}` || this.heard.add(what);
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ media, colorScheme: scheme });
    await page.goto(this.url + hash);
    await page.evaluate(install);
    if (script) await drawn(page);
    return page;
  }
}

/** Waits until what a script changed is on the screen. */
export const drawn = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Waits until a function of the page gives what is wanted, for so many milliseconds, and gives what it gave last. */
export async function settled(page, patience, read, wanted, argument) {
  const until = Date.now() + patience;
  for (;;) {
    const got = await page.evaluate(read, argument);
    if (wanted(got) || Date.now() > until) return got;
    await drawn(page);
  }
}

/** Milliseconds from the start of the navigation until a page is loaded and on the screen. */
export async function loadTime(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await drawn(page);
  const time = await page.evaluate(() => performance.now());
  await context.close();
  return time;
}
