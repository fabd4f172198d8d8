/** Small logs in which anybody sees at a glance what is wrong. */
import { deepEqual } from 'node:assert/strict';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { Report } from '../../../../src/incident.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { type Line, story } from '../story.ts';

const causes = ({ rootCauses }: Report): string[] => rootCauses.map(({ name }) => name);
const stamp = (second: number): string => new Date(Date.UTC(2025, 5, 3, 9) + second * 1000).toISOString();

/** One line a second; from `from` on, three of five are the error. */
function service(seconds: number, from: number, error: (at: number) => Line): Line[] {
  return Array.from(
    { length: seconds },
    (_, at): Line => (at >= from && at % 5 < 3 ? error(at) : [at, 'profile', 'INFO', 'profile rendered']),
  );
}

describe('a plain case', () => {
  it('is a bad deploy whose errors are too many to be all read', async () => {
    const broken = (at: number): Line => [at, 'profile', 'ERROR', "Cannot read 'locale'", { req: `r${at}` }];
    // One by one at first: each is a burst only from an error on that the sample of them may lack.
    for (let from = 460; from < 500; from += 5) {
      const lines = service(800, from, broken).map((line, at) => (at % 11 === 0 && at > 400 ? broken(at) : line));
      deepEqual(causes(await analyse(story(lines))), ['profile'], `from ${from}`);
    }
  });

  it('is a message that is put back into its queue again and again', async () => {
    const lines = service(150, 70, (at) => [at, 'profile', 'ERROR', 'Failed to process message 8060: JSONDecodeError']);
    deepEqual(causes(await analyse(story(lines))), ['profile']);
  });

  it('is a disk that is full, whatever the file is called', async () => {
    const error = 'write /data/segment-19.db: no space left on device';
    const lines = service(150, 70, (at) => [at, 'profile', 'ERROR', 'write failed', { error }]);
    deepEqual(causes(await analyse(story(lines))), ['profile/disk', 'profile']);
  });

  it('is told by the stack trace where the message says nothing', async () => {
    const lines: string[] = [];
    for (let at = 0; at < 60; at++) lines.push(`${stamp(at)} INFO  ingest - processed batch ${at}`);
    for (let crash = 0; crash < 8; crash++) {
      lines.push(`${stamp(60 + crash * 30)} ERROR ingest - Uncaught exception, exiting`);
      lines.push('java.lang.OutOfMemoryError: Java heap space', '\tat com.acme.ingest.Buffer.grow(Buffer.java:88)');
      lines.push(`${stamp(80 + crash * 30)} INFO  ingest - Starting ingest v3.1.0`);
    }
    const report = await analyse((await openMemoryLog({ 'ingest.log': `${lines.join('\n')}\n` })).log);
    deepEqual(causes(report), ['ingest']);
    deepEqual(
      report.anomalies
        .filter(({ rule }) => rule === 'known-symptom')
        .map(({ message }) => [message.args.symptom, message.args.text]),
      [['out-of-memory', 'java.lang.OutOfMemoryError: Java heap space']],
    );
  });
});

describe('what is well', () => {
  it('is a loop that tells how far it is', async () => {
    const lines = Array.from({ length: 12 }, (_, at): Line => {
      return [at, 'store', 'INFO', 'WAL segment loaded', { segment: at, maxSegment: 11 }];
    });
    deepEqual((await analyse(story(lines))).anomalies, []);
  });
});
