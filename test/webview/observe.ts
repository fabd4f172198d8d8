/** What a test sees of the page: ink on the canvas, the saved range, the marks under the pointer. */
import { ok } from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { CascadePage } from './cascadePage.ts';
import type { LogHost } from './logHost.ts';

/** Where the rows begin, below strip and axis, and how high each is, as few rows on a large page are laid out. */
export const ROWS_TOP = 84;

/** All that was asked for has come and has been drawn. */
export async function settled(page: Page): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await page.waitForTimeout(60);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }
}

/** What was to be drawn is drawn. */
export async function frameDrawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** The picture itself, to be compared with another. */
export function pictureOf(page: Page): Promise<string> {
  return page.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '');
}

export async function stageBox(page: Page): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator('.overlay').boundingBox();
  ok(box);
  return box;
}

/** Pixels of a canvas that differ from its first one. */
export function inkOf(page: Page, selector = 'canvas'): Promise<number> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector<HTMLCanvasElement>(wanted);
    const image = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(image?.data.buffer ?? new ArrayBuffer(0));
    return pixels.reduce((ink, pixel) => ink + Number(pixel !== pixels[0]), 0);
  }, selector);
}

/** Pixels of the picture that have a colour, given as `#rrggbb`, in full. */
export function pixelsOf(page: Page, color: string): Promise<number> {
  return page.evaluate((wanted) => {
    const canvas = document.querySelector('canvas');
    const { data } = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(wanted.slice(at, at + 2), 16));
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count++;
    }
    return count;
  }, color);
}

/** Waits until the host has been asked for so many things that the user notices. */
export async function called(host: LogHost, count: number): Promise<void> {
  for (let wait = 0; host.calls.length < count; wait++) {
    ok(wait < 200, `${host.calls.length} calls came of ${count}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** Waits until the host has been asked for this, after all else. */
export async function lastCall(host: LogHost, expected: string): Promise<void> {
  for (let wait = 0; host.calls.at(-1) !== expected; wait++) {
    ok(wait < 200, `the last call is ${host.calls.at(-1)}, not ${expected}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

export function previewed(host: LogHost): number {
  return Number(host.calls.findLast((call) => call.startsWith('preview'))?.split(' ')[1]);
}

/** The range as the webview saves it, which it does a moment after the last change. */
export async function rangeOf({ page, state }: CascadePage): Promise<{ from: number; to: number }> {
  await page.waitForTimeout(320);
  return ((await state()) as { range: { from: number; to: number } }).range;
}

/** Moves along a row until the card shows a mark there; rows and marks stand where the layout puts them. */
export async function findMark(page: Page, from: number, row: number): Promise<{ x: number; y: number }> {
  const box = await stageBox(page);
  const y = box.y + ROWS_TOP + 76 * (row + 0.5);
  const card = page.locator('.tooltip .first');
  for (let x = box.x + box.width * from - 90; x < box.x + box.width; x += 4) {
    await page.mouse.move(x, y - 14);
    await page.waitForTimeout(20);
    if ((await card.isVisible()) && /ERROR/.test(await card.innerText())) return { x, y: y - 14 };
  }
  throw new Error('No mark was found on the row.');
}

/** Clicks labels on the canvas, line after line between the rows, until the first edge is selected. */
export async function clickInk(page: Page, text: string, target: Locator): Promise<void> {
  const box = await stageBox(page);
  for (let x = box.x + 520; x < box.x + 800; x += 40) {
    await page.mouse.click(x, box.y + ROWS_TOP + 71);
    await page.waitForTimeout(20);
    if ((await target.innerText()).includes(text)) return;
  }
  throw new Error('No edge label was found.');
}
