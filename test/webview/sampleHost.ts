/// <reference types="node" />
/** The sample's real entries, with a report as an analyst would write it by hand. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Report } from '../../src/incident.ts';
import type { Level } from '../../src/model.ts';
import { reportOf } from '../unit/emptyReport.ts';
import { anomaly, edge, evidence, node } from '../unit/engine/timeline/logOfLines.ts';
import { type HostLine, type LogHost, logHost } from './logHost.ts';

const SAMPLE = 'samples/primomart';

export function sampleLines(): HostLine[] {
  return readdirSync(SAMPLE)
    .sort()
    .flatMap((file) =>
      readFileSync(`${SAMPLE}/${file}`, 'utf8')
        .split('\n')
        .filter((text) => text !== '')
        .map((text, index) => {
          const { timestamp, level, service, message, ...rest } = JSON.parse(text) as Record<string, string | number>;
          return {
            at: Date.parse(String(timestamp)) / 1000,
            level: String(level).toLowerCase() as Level,
            service: String(service),
            text: String(message),
            file,
            line: index + 1,
            fields: Object.entries(rest).map(([key, value]) => ({ key, value })),
            ...(rest.trace_id === undefined ? {} : { trace: String(rest.trace_id) }),
            ...(durationOf(rest) === undefined ? {} : { durationMs: durationOf(rest) }),
          } as HostLine;
        }),
    );
}

function durationOf({ duration_ms, response_time_ms }: Record<string, string | number>): number | undefined {
  return (duration_ms ?? response_time_ms) as number | undefined;
}

export function sampleHost(): LogHost {
  const lines = sampleLines();
  return logHost(lines, sampleReport(lines));
}

function sampleReport(lines: readonly HostLine[]): Report {
  const at = (file: string, ...numbers: number[]): number[] =>
    numbers.map((line) => lines.findIndex((entry) => entry.file === `${file}.jsonl` && entry.line === line));
  const proof = (...entries: number[]): Report['rootCauses'][number]['evidence'] =>
    entries.map((entry) => {
      const { file = '', line = 1, text = '' } = lines[entry];
      return { ...evidence(entry), file, line, message: text };
    });
  const time = (entry: number): number => lines[entry].at ?? 0;
  const inventory = at('inventory-service', 6, 7, 8, 12, 13, 14, 16, 17, 18);
  const monitor = at('db-monitor', 1, 2, 3, 4, 5, 6, 7, 8);
  const [gateway, order] = [at('api-gateway', 5, 7, 8, 10), at('order-service', 11, 17, 19, 20, 21, 22)];
  const stripe = at('payment-service', 6, 10, 11, 13);
  const tied = time(gateway[0]);
  const support = (...entries: number[]) => ({ count: entries.length, examples: proof(...entries) });
  return reportOf({
    verdict: 'ranked',
    cascade: {
      nodes: [
        {
          ...node('inventory-db-primary', 'resource', time(inventory[0]), [...monitor, ...inventory]),
          onsetCertainty: 'inferred',
        },
        { ...node('inventory-service', 'service', time(inventory[0])), onsetCertainty: 'inferred' },
        node('order-service', 'service', tied),
        node('api-gateway', 'service', tied),
        node('orders-db-primary', 'resource', time(order[2]), order.slice(2)),
        node('stripe', 'resource', time(stripe[0]), stripe),
        node('payment-service', 'service', time(stripe[0])),
      ],
      edges: [
        edge('inventory-db-primary', 'inventory-service', {
          confidence: 'peer',
          order: 'undetermined',
          lagMs: 0,
          support: support(...inventory),
        }),
        edge('inventory-service', 'order-service', {
          order: 'proven',
          lagMs: 1808,
          support: support(order[0], order[1]),
        }),
        edge('order-service', 'api-gateway', {
          confidence: 'peer',
          order: 'undetermined',
          lagMs: 0,
          support: support(gateway[0]),
          counterexamples: support(gateway[1]),
        }),
        edge('inventory-service', 'api-gateway', {
          confidence: 'peer',
          lagMs: 1808,
          support: support(gateway[1], gateway[3]),
        }),
        edge('orders-db-primary', 'order-service', { support: support(...order.slice(2)) }),
        edge('stripe', 'payment-service', {
          confidence: 'peer',
          order: 'undetermined',
          lagMs: 0,
          support: support(...stripe),
        }),
      ],
    },
    anomalies: [
      anomaly('threshold-breach', inventory[1], {
        message: { key: '1500 ms against a threshold of 1000 ms', args: {} },
      }),
      anomaly('threshold-breach', inventory[2], { message: { key: 'Pool at 75 % against 70 %', args: {} } }),
      anomaly('timeout', inventory[3], {
        severity: 'error',
        message: { key: 'Query took 30 s against 5 s', args: {} },
      }),
      anomaly('threshold-breach', inventory[6], { message: { key: '45 of 50 connections', args: {} } }),
      anomaly('fatal', inventory[8], { severity: 'error', message: { key: '50 of 50 connections', args: {} } }),
      anomaly('threshold-breach', order[2], {
        severity: 'warning',
        message: { key: '85 of 100 connections', args: {} },
      }),
      anomaly('fatal', order[5], { severity: 'error', message: { key: 'Too many connections', args: {} } }),
      anomaly('threshold-breach', stripe[1], { message: { key: '3.8 % against 2 %', args: {} } }),
      anomaly('fatal', monitor[6], { severity: 'error', message: { key: '248 of 250 connections', args: {} } }),
      anomaly('timeout', gateway[0], {
        severity: 'information',
        message: { key: 'Timeout of order-service', args: {} },
      }),
    ],
    oddities: [
      anomaly('time-oddity', at('api-gateway', 3)[0], {
        message: { key: '5 min after the rest of its trace', args: {} },
      }),
    ],
    rootCauses: [
      cause(
        'inventory-db-primary',
        0.52,
        'Connections rose to 248 of 250; two queries never ended.',
        proof(monitor[6], inventory[0], inventory[3]),
      ),
      cause('orders-db-primary', 0.29, 'Too many connections; may be independent.', proof(order[2], order[5])),
      cause('stripe', 0.06, 'Slow from 11:45; a smaller incident of its own.', proof(stripe[0], stripe[2], stripe[3])),
    ],
  });
}

function cause(
  name: string,
  score: number,
  why: string,
  lines: Report['rootCauses'][number]['evidence'],
): Report['rootCauses'][number] {
  return { name, kind: 'resource', service: null, score, why: [{ key: why, args: {} }], evidence: lines };
}
