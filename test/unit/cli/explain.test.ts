import { equal, match, rejects } from 'node:assert/strict';
import { linksFrom } from '../../../src/cli/explain.ts';
import { UsageError } from '../../../src/cli/options.ts';
import { run, SAMPLE } from './engine.ts';

describe('causeway explain', () => {
  it('explains the sample to engineers, with links that lead there from this folder', async () => {
    const text = await run('explain', SAMPLE);
    match(text, /^# What happened: samples\/primomart$/m);
    match(text, /\| \*\*Failed orders\*\* \| 3 of 4 \\\(75 %\\\) \|/);
    match(text, /\| \*\*Worth of failed orders\*\* \| 402\.47 USD \\\(of the 2 that say it\\\) \|/);
    match(text, /\| \*\*Users affected\*\* \| 2 of 2 /);
    match(text, /^1\. \*\*inventory-db-primary\*\*/m);
    match(text, /\]\(samples\/primomart\/inventory-service\.jsonl#L18\)/);
  });

  it('explains it to everybody, in short', async () => {
    const text = await run('explain', SAMPLE, '--audience', 'everybody');
    match(text, /Most likely it began at \*\*inventory-db-primary\*\*/);
    match(text, /\*\*3 of 4 orders\*\* failed, worth \*\*402\.47 USD/);
  });

  it('explains one trace, and what of it is missing', async () => {
    const text = await run('explain', SAMPLE, '--trace', '3d4e5f6a7b8c');
    match(text, /\*\*3d4e5f6a7b8c\*\* \(trace\\_id\) left 14 entries in 4 services/);
    match(text, /Beside 1a2b3c4d5e6f, the nearest that went well/);
    await rejects(run('explain', SAMPLE, '--trace', 'no-such-id'), UsageError);
  });

  it('links nothing that an editor would show otherwise, or that is on another disk', () => {
    const link = linksFrom('/home/me', { root: '/home/me/logs', contents: [{ file: 'old.log.gz', language: 'log' }] });
    equal(link('a/b.log'), 'logs/a/b.log');
    equal(link('old.log.gz'), null);
    equal(linksFrom('/home/me/logs', { root: '/home/you', contents: [] })('b.log'), '../../you/b.log');
  });
});
