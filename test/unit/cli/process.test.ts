/** The command line as a process of its own: exit codes, standard error, pipes. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { kernel } from '../../../scripts/kernel.mjs';
import { SAMPLE } from './engine.ts';

const CLI = resolve('out/test/cli.js');
/** Root may read everything, so what nobody may read is tried as nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

interface Ended {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
}

function causeway(args: string[], options: { env?: Record<string, string>; uid?: number; closeEarly?: boolean } = {}) {
  return new Promise<Ended>((done, failed) => {
    const { closeEarly, env, ...identity } = options;
    const child = spawn(process.execPath, [CLI, ...args], { env: { ...process.env, ...env }, ...identity });
    let [out, err] = ['', ''];
    child.stdout.on('data', (piece) => {
      out += piece;
      if (closeEarly) child.stdout.destroy();
    });
    child.stderr.on('data', (piece) => {
      err += piece;
    });
    child.on('error', failed);
    child.on('close', (code, signal) => done({ code, signal, out, err }));
  });
}

describe('the command line as a process', () => {
  let folder = '';

  before(async () => {
    await build({
      entryPoints: ['src/cli.ts'],
      outfile: CLI,
      bundle: true,
      platform: 'node',
      target: 'node20',
      mainFields: ['module', 'main'],
      loader: { '.jsonc': 'text', '.yaml': 'text' },
      plugins: [kernel],
      logLevel: 'warning',
    });
    folder = mkdtempSync(join(tmpdir(), 'causeway-'));
    chmodSync(folder, 0o755);
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, content: string | Uint8Array): string {
    const full = join(folder, path);
    mkdirSync(join(full, '..'), { recursive: true });
    writeFileSync(full, content);
    return full;
  }

  it('ends with 0 for a report, and writes nothing to standard error', async () => {
    const { code, out, err } = await causeway(['report', SAMPLE]);
    deepEqual({ code, err }, { code: 0, err: '' });
    match(out, /^samples\/primomart {2}72 entries in 5 services from 5 files\n/);
  });

  it('prints its version and its help', async () => {
    match((await causeway(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
    const { code, out } = await causeway([]);
    equal(code, 0);
    match(out, /causeway merge PATH… \[--query Q\]/);
  });

  for (const [name, args] of [
    ['an unknown command', ['explode']],
    ['an unknown option', ['report', SAMPLE, '--colour']],
    ['a path that is not there', ['report', 'no/such/folder']],
    ['an id that is not there', ['trace', 'no-such-id', SAMPLE]],
    ['a range that ends before it begins', ['report', SAMPLE, '--from', '12:00', '--to', '11:00']],
    ['a query it does not understand', ['merge', SAMPLE, '--query', '(a']],
  ] as const) {
    it(`ends with 2 and one line for ${name}`, async () => {
      const { code, out, err } = await causeway([...args]);
      equal(code, 2);
      equal(out, '');
      match(err, /^causeway: [^\n]+\n$/);
    });
  }

  it('ends with 2 where nothing is readable, and says why', async () => {
    write('pictures/photo.bin', 'x');
    const { code, err } = await causeway(['report', join(folder, 'pictures')]);
    equal(code, 2);
    match(err, /^causeway: nothing (to read|readable) in [^\n]+\n$/);
  });

  it('reads what it may and names what it may not', async () => {
    const secret = write('mixed/secret.jsonl', '{"message":"hidden"}\n');
    write('mixed/open.jsonl', '{"level":"info","message":"seen"}\n');
    chmodSync(secret, 0o000);
    const both = await causeway(['report', join(folder, 'mixed')], NOBODY);
    equal(both.code, 0, both.err);
    match(both.out, /secret\.jsonl skipped: no permission/);
    const alone = await causeway(['report', secret], NOBODY);
    equal(alone.code, 2);
    match(alone.err, /^causeway: nothing readable in [^\n]*secret\.jsonl[^\n]*no permission[^\n]*\n$/);
  });

  it('reads an empty file, broken lines, bytes that are no UTF-8 and a line of a megabyte', async () => {
    const log = [
      '{"level":"info","message":"first"}',
      '{"level":"info","mess',
      `{"level":"info","message":"${'x'.repeat(1 << 20)}"}`,
      '{"level":"info","message":"bad \xff\xfe bytes"}',
    ];
    write('hostile/a.jsonl', Buffer.from(`${log.join('\n')}\n`, 'latin1'));
    const empty = write('hostile/empty.log', '');
    const { code, out, err } = await causeway(['merge', join(folder, 'hostile'), '--format', 'json']);
    equal(code, 0, err);
    equal(out.trimEnd().split('\n').length >= 3, true);
    equal((await causeway(['report', empty])).code, 0);
  });

  it('lets no escape sequence of a log through', async () => {
    write(
      'escape/a.jsonl',
      '{"level":"fatal","service":"\\u001b[2Jx","message":"\\u001b]0;owned\\u0007 y\\nFORGED"}\n',
    );
    for (const command of ['report', 'merge', 'files']) {
      const { out, err } = await causeway([command, join(folder, 'escape')]);
      const told = out + err;
      deepEqual(
        [told.includes('\u001b'), told.includes('\u0007'), /^FORGED/m.test(told)],
        [false, false, false],
        command,
      );
    }
  });

  it('ends quietly when its reader stops early', async () => {
    write('long/a.jsonl', '{"level":"info","message":"one of very many lines"}\n'.repeat(100_000));
    const { code, signal, err } = await causeway(['merge', join(folder, 'long')], { closeEarly: true });
    deepEqual({ code, signal, err }, { code: 0, signal: null, err: '' });
  });
});
