/// <reference types="node" />
/**
 * The webview's bundle in a real browser, with a page as the panel makes it, the editor's API made
 * of data, and calls answered by a host in this process over the real RPC.
 */
import { readFileSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { connect, type Port, type Remote, serve } from '../../src/base/rpc.ts';
import type { CascadeHostApi, CascadeViewApi, TimelineScope } from '../../src/protocol.ts';
import { webviewHtml } from '../../src/views/webviewHtml.ts';
import { THEMES, type ThemeName } from './themes.ts';

export interface CascadePage {
  page: Page;
  view: Remote<CascadeViewApi>;
  /** What the webview saved last. */
  state(): Promise<unknown>;
  /** Messages of errors, refused content included, that the page has seen. */
  errors: string[];
  close(): Promise<void>;
}

export interface PageOptions {
  scope?: TimelineScope;
  theme?: ThemeName;
  width?: number;
  height?: number;
  name?: string;
  state?: unknown;
}

/** Read once: all pages of a run show the same build. */
const BUNDLE = {
  script: readFileSync('dist/cascade/main.js', 'utf8'),
  style: readFileSync('dist/cascade/cascade.css', 'utf8'),
};
const ORIGIN = 'https://webview.test';
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium', args: ARGUMENTS });
}

export async function openCascadePage(
  browser: Browser,
  host: CascadeHostApi,
  { scope = { kind: 'incident' }, theme = 'dark', width = 1400, height = 720, name = 'logs', state }: PageOptions = {},
): Promise<CascadePage> {
  const page = await browser.newPage({ viewport: { width, height } });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const port = await portOfPage(page);
  serve(port, host);
  await page.addInitScript(fakeEditor, { variables: THEMES[theme].variables, state: state ?? null });
  await serveFiles(page, themedHtml({ scope, theme, name }));
  await page.goto(`${ORIGIN}/`);
  const view = connect<CascadeViewApi>(port);
  return {
    page,
    view,
    errors,
    state: () => page.evaluate(() => (window as unknown as { savedState: unknown }).savedState),
    async close() {
      view.dispose();
      await page.close();
    },
  };
}

function themedHtml({ scope, theme, name }: { scope: TimelineScope; theme: ThemeName; name: string }): string {
  const html = webviewHtml({
    title: 'Cascade',
    script: `${ORIGIN}/main.js`,
    style: `${ORIGIN}/cascade.css`,
    cspSource: ORIGIN,
    data: { root: '/logs', name, scope: JSON.stringify(scope) },
  });
  return html.replace('<body', `<body class="${THEMES[theme].bodyClass}"`);
}

async function serveFiles(page: Page, html: string): Promise<void> {
  const files: Record<string, [type: string, body: string]> = {
    '/': ['text/html', html],
    '/main.js': ['text/javascript', BUNDLE.script],
    '/cascade.css': ['text/css', BUNDLE.style],
  };
  await page.route('**/*', (route) => {
    const [contentType, body] = files[new URL(route.request().url()).pathname] ?? [];
    return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ contentType, body });
  });
}

/** Runs in the page before its script: the editor's API, and the theme as style variables of the root. */
function fakeEditor({ variables, state }: { variables: Record<string, string>; state: unknown }): void {
  interface Fake {
    savedState: unknown;
    postToHost(message: string): void;
    acquireVsCodeApi(): unknown;
    receive(message: string): void;
  }
  const fake = window as unknown as Fake;
  const typed = { Float64Array, Uint32Array, Uint16Array, Uint8Array } as Record<
    string,
    { from(data: number[]): unknown }
  >;
  fake.savedState = state;
  fake.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => fake.postToHost(JSON.stringify(message)),
    getState: () => fake.savedState,
    setState: (saved: unknown) => {
      fake.savedState = saved;
    },
  });
  fake.receive = (text) => {
    const data: unknown = JSON.parse(text, (_key, value) =>
      value?.typed ? typed[value.typed].from(value.data) : value,
    );
    window.dispatchEvent(new MessageEvent('message', { data }));
  };
  const setVariables = (): void => {
    for (const [key, value] of Object.entries(variables)) {
      document.documentElement.style.setProperty(`--vscode-${key}`, value);
    }
  };
  if (document.documentElement) setVariables();
  else document.addEventListener('readystatechange', setVariables);
}

/** Typed arrays cross as JSON with their type's name: the browser's driver knows no others. */
async function portOfPage(page: Page): Promise<Port> {
  const listeners = new Set<(message: unknown) => void>();
  await page.exposeFunction('postToHost', (text: string) => {
    for (const listener of listeners) listener(JSON.parse(text));
  });
  const encode = (_key: string, value: unknown): unknown =>
    ArrayBuffer.isView(value) ? { typed: value.constructor.name, data: [...(value as Float64Array)] } : value;
  return {
    post(message) {
      const receive = (text: string): void => (window as unknown as { receive(text: string): void }).receive(text);
      // The page may be closed while an answer is on its way.
      page.evaluate(receive, JSON.stringify(message, encode)).catch(() => {});
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
