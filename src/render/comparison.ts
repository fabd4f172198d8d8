/**
 * A comparison in words: for two documents of which the editor shows the difference, and for the terminal. A line is
 * the same on both sides exactly where both traces have the step and neither took much longer.
 */
import type { EntryRow } from '../model.ts';
import type { ComparedStep, ComparedTrace, Comparison } from '../overview.ts';
import { formatCount, formatNumber } from './number.ts';
import type { Paint } from './paint.ts';
import { cut, plainText } from './plain.ts';
import { pad } from './table.ts';
import { formatDuration } from './time.ts';

/** Of one side: its lines, and what each of them leads to. */
export interface ComparedText {
  lines: string[];
  rows: (EntryRow | null)[];
}

const LONGEST = 300;
const LEVEL_WIDTH = 5;
/** Steps told in the summary; the rest stands below it. */
const MOST_TOLD = 5;

export function comparedTexts(comparison: Comparison): { left: ComparedText; right: ComparedText } {
  const left: ComparedText = { lines: [], rows: [] };
  const right: ComparedText = { lines: [], rows: [] };
  const add = (side: ComparedText, line: string, row: EntryRow | null): void => {
    side.lines.push(line);
    side.rows.push(row);
  };
  const both = (line: string): void => {
    add(left, line, null);
    add(right, line, null);
  };
  for (const line of summaryLines(comparison)) both(`# ${line}`);
  for (const { name, steps } of comparison.services) {
    both('');
    both(serviceName(name));
    for (const step of steps) {
      if (step.left) add(left, `  ${stepText(step, 'left')}`, step.left);
      if (step.right) add(right, `  ${stepText(step, 'right')}`, step.right);
    }
  }
  return { left, right };
}

/** Ends with a line break. */
export function comparisonText(comparison: Comparison, paint: Paint): string {
  const lines = summaryLines(comparison).map((line, i) => (i === 0 ? paint.bold(line) : line));
  for (const { name, steps } of comparison.services) {
    lines.push('', paint.cyan(serviceName(name)));
    for (const step of steps) {
      if (step.left === null) lines.push(paint.red(`+ ${stepText(step, 'right')}`));
      else if (step.right === null) lines.push(paint.blue(`- ${stepText(step, 'left')}`));
      else lines.push(step.isSlower ? paint.yellow(`! ${stepText(step, 'right')}`) : `  ${stepText(step, 'right')}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function summaryLines({ left, right, services }: Comparison): string[] {
  const steps = services.flatMap(({ name, steps: all }) => all.map((step) => ({ name, step })));
  const told = (title: string, isOne: (step: ComparedStep) => boolean): string[] => {
    const found = steps.filter(({ step }) => isOne(step));
    const head = `${title} ${formatCount(found.length, ['step', 'steps'])}`;
    const shown = found.slice(0, MOST_TOLD).map(({ name, step }) => `  ${serviceName(name)}: ${shortText(step)}`);
    const more = found.length > MOST_TOLD ? [`  and ${formatNumber(found.length - MOST_TOLD)} more`] : [];
    return found.length === 0 ? [`${title} no step`] : [`${head}:`, ...shown, ...more];
  };
  return [
    traceText(right),
    `beside ${traceText(left)}`,
    ...told('missing', ({ right: there }) => there === null),
    ...told('extra', ({ left: there }) => there === null),
    ...told('slower', ({ isSlower }) => isSlower),
  ];
}

function traceText({ id, key, entries, leftOut, services, durationMs, worstLevel }: ComparedTrace): string {
  return [
    `${cut(plainText(id), LONGEST)} (${plainText(key)}): ${formatCount(entries, ['entry', 'entries'])}`,
    `in ${formatCount(services, ['service', 'services'])},`,
    `${formatDuration(durationMs)}${worstLevel === null ? '' : `, worst level ${worstLevel.toUpperCase()}`}`,
    ...(leftOut > 0 ? [`(the last ${formatNumber(leftOut)} are not compared)`] : []),
  ].join(' ');
}

function serviceName(name: string | null): string {
  return name === null ? 'no service' : cut(plainText(name), LONGEST);
}

function shortText(step: ComparedStep): string {
  const { took, isSlower } = step;
  const times = took !== null && isSlower ? ` (${durationText(took, 'left')} → ${durationText(took, 'right')})` : '';
  return `${cut(plainText(step.text), 120)}${times}`;
}

/** `INFO  Order created  [15 ms → 27 ms]`: a step that took about as long is told alike on both sides. */
function stepText(step: ComparedStep, side: 'left' | 'right'): string {
  const { text, took, isSlower } = step;
  const level = pad((step[side]?.level ?? '').toUpperCase(), LEVEL_WIDTH);
  return `${level} ${cut(plainText(text), LONGEST)}${took === null ? '' : `  [${times(took, isSlower, side)}]`}`;
}

function times(took: NonNullable<ComparedStep['took']>, isSlower: boolean, side: 'left' | 'right'): string {
  const both = `${durationText(took, 'left')} → ${durationText(took, 'right')}`;
  if (!isSlower) return both;
  if (side === 'left') return durationText(took, 'left');
  const factor = took.left > 0 ? `, ${formatNumber(Math.round((took.right / took.left) * 10) / 10)} times as long` : '';
  return `${both}${factor}`;
}

/** `+` is time that passed since the step before, of which no entry says that it was work. */
function durationText({ isSaid, ...took }: NonNullable<ComparedStep['took']>, side: 'left' | 'right'): string {
  return `${isSaid ? '' : '+'}${formatDuration(took[side])}`;
}
