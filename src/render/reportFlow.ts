/** What went no further: the entities that are stuck and what they are worth, and the steps that were due. */
import type { Evidence, MissingStep, Report, StuckEntities } from '../incident.ts';
import { evidenceJson, type JsonObject, timeJson } from './contract.ts';
import { codeSpan, escapeMarkdown } from './markdown.ts';
import { formatNumber } from './number.ts';
import { cut, plainText } from './plain.ts';
import { heading, type TextOptions } from './section.ts';
import { wrap } from './table.ts';
import { clockFor, place } from './words.ts';

const MAX_ENTITIES = 8;
const MAX_STEPS = 8;
const MAX_TEXT = 80;

/** `2 by order_id, worth 402.47 USD, went no further: "Order completed" of shop never came, …`. */
export function stuckWords({ key, step, service, like, count, amounts }: StuckEntities): string {
  const worth = amounts.map(({ total, currency, entities }) => {
    const of = entities < count ? ` (of ${formatNumber(entities)} with an amount)` : '';
    return `${[formatNumber(total), currency ?? ''].join(' ').trim()}${of}`;
  });
  const what = `${formatNumber(count)} by ${plainText(key)}${worth.length === 0 ? '' : `, worth ${worth.join(' and ')},`}`;
  const who = service === null ? '' : ` of ${plainText(service)}`;
  return `${what} went no further: "${cut(plainText(step), MAX_TEXT)}"${who} never came, with which like ones end (n = ${formatNumber(like)})`;
}

function worthWords({ amount, currency }: StuckEntities['entities'][number]): string {
  return amount === null ? '' : `, ${[formatNumber(amount), currency ?? ''].join(' ').trim()}`;
}

function stepWords({ id, service, step, example }: MissingStep, at: string): string {
  const who = service === null ? '' : `${plainText(service)} `;
  return `${at}  ${who}"${cut(plainText(step), MAX_TEXT)}" for ${plainText(id)}, as ${place(example)} says for ${plainText(example.id)}`;
}

/** Steps of entities that are stuck first, for they matter most; no more than fit a report. */
function shownSteps({ missing }: Report): MissingStep[] {
  const ofStuck = missing.filter(({ rule }) => rule === 'stuck-entity');
  return [...ofStuck, ...missing.filter(({ rule }) => rule !== 'stuck-entity')].slice(0, MAX_STEPS);
}

export function flowText(report: Report, options: TextOptions): string[] {
  const { stuck, missing, timeRange } = report;
  if (stuck.length === 0 && missing.length === 0) return [];
  const clock = clockFor(timeRange, options.zone, 'second');
  const lines = [heading('WENT NO FURTHER', '', options)];
  const add = (text: string, indent: string): void => {
    lines.push(...wrap(text, options.width - indent.length).map((line) => indent + line));
  };
  for (const each of stuck) {
    add(stuckWords(each), '  ');
    for (const entity of each.entities.slice(0, MAX_ENTITIES)) {
      add(
        `${plainText(entity.id)}${worthWords(entity)}: ${place(entity.confirmed)} ${clock(entity.confirmed.timestamp)}, last ${place(entity.last)} ${cut(plainText(entity.last.message), MAX_TEXT)}`,
        '    ',
      );
    }
    const rest = each.count - Math.min(MAX_ENTITIES, each.entities.length);
    if (rest > 0) lines.push(options.paint.dim(`    and ${formatNumber(rest)} more`));
  }
  const steps = shownSteps(report);
  if (steps.length > 0) lines.push('  What would have come next');
  for (const step of steps) add(stepWords(step, clock(step.expected)), '    ');
  if (missing.length > steps.length) {
    lines.push(
      options.paint.dim(`    and ${formatNumber(missing.length - steps.length)} more; --format json lists all`),
    );
  }
  return lines;
}

/** `at` makes a link of a line, in documents that have them. */
export function flowMarkdown(
  report: Report,
  zone: string,
  at = (line: Evidence): string => codeSpan(place(line)),
): string[] {
  const { stuck, missing, timeRange } = report;
  if (stuck.length === 0 && missing.length === 0) return [];
  const clock = clockFor(timeRange, zone, 'millisecond');
  const blocks = ['## Went no further'];
  for (const each of stuck) {
    const entities = each.entities
      .slice(0, MAX_ENTITIES)
      .map(
        (entity) =>
          `- ${codeSpan(entity.id)}${escapeMarkdown(worthWords(entity))}: ${at(entity.confirmed)} ${clock(entity.confirmed.timestamp)} ${codeSpan(cut(entity.confirmed.message, MAX_TEXT))}, last ${at(entity.last)} ${codeSpan(cut(entity.last.message, MAX_TEXT))}`,
      );
    blocks.push(`${escapeMarkdown(stuckWords(each))}.`, entities.join('\n'));
  }
  const steps = shownSteps(report);
  if (steps.length > 0) {
    blocks.push('What would have come next:');
    blocks.push(steps.map((step) => `- ${escapeMarkdown(stepWords(step, clock(step.expected)))}`).join('\n'));
  }
  if (missing.length > steps.length) blocks.push(`And ${formatNumber(missing.length - steps.length)} more.`);
  return blocks;
}

export function missingJson(step: MissingStep): JsonObject {
  return {
    rule: step.rule,
    id: step.id,
    service: step.service,
    step: step.step,
    after: evidenceJson(step.after),
    expected: timeJson(step.expected),
    example: { id: step.example.id, ...evidenceJson(step.example) },
    like: step.like,
    withStep: step.withStep,
  };
}

export function stuckJson(stuck: StuckEntities): JsonObject {
  return {
    key: stuck.key,
    step: stuck.step,
    service: stuck.service,
    like: stuck.like,
    count: stuck.count,
    amounts: stuck.amounts.map(({ currency, total, entities }) => ({ currency, total, entities })),
    entities: stuck.entities.map(({ id, amount, currency, confirmed, last }) => ({
      id,
      amount,
      currency,
      confirmed: evidenceJson(confirmed),
      last: evidenceJson(last),
    })),
  };
}
