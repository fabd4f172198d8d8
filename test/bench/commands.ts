/** The tools that people use today, where they are installed. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a command whose output nobody reads, from a shell that says afterwards how long its children computed. */
export function measureCommand(command: string, args: readonly string[]): { seconds: number; cpuSeconds: number } {
  const script = '"$0" "$@" >/dev/null && times';
  const started = performance.now();
  const { status, error, stdout, stderr } = spawnSync('sh', ['-c', script, command, ...args], { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  const times = [
    ...(stdout
      .trim()
      .split('\n')
      .at(-1)
      ?.matchAll(/(\d+)m([\d.]+)s/g) ?? []),
  ];
  return {
    seconds,
    cpuSeconds: times.reduce((sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest), 0),
  };
}

/** What a command calls itself; null where it is not installed. */
export function versionOf(command: string, flag: string): string | null {
  const { status, stdout } = spawnSync(command, [flag], { encoding: 'utf8' });
  return status === 0 ? (stdout.split('\n')[0] ?? '') : null;
}

/** lnav reads JSON only with a format file; the trace is its operation's id. Returns the folder to pass on with -I. */
export function lnavSettings(cache: string): string {
  const settings = join(cache, 'lnav');
  mkdirSync(join(settings, 'formats/bench'), { recursive: true });
  const format = {
    title: 'Benchmark',
    description: 'The JSON Lines of the benchmark',
    json: true,
    'file-pattern': 'all-services\\.jsonl$',
    'timestamp-field': 'timestamp',
    'level-field': 'level',
    'body-field': 'message',
    'opid-field': 'trace_id',
    value: {
      service: { kind: 'string', identifier: true },
      trace_id: { kind: 'string', identifier: true },
    },
    'line-format': [{ field: '__timestamp__' }, ' ', { field: '__level__' }, ' ', { field: 'message' }],
  };
  const file = { $schema: 'https://lnav.org/schemas/format-v1.schema.json', causeway_bench: format };
  writeFileSync(join(settings, 'formats/bench/format.json'), JSON.stringify(file));
  return settings;
}

/** How many entries lnav sees with these settings: it must have understood the file to be compared with. */
export function lnavEntries(settings: string, file: string): number {
  const query = ';SELECT count(*) AS entries FROM causeway_bench WHERE log_opid IS NOT NULL OR log_level IS NOT NULL';
  const { stdout } = spawnSync('lnav', ['-n', '-I', settings, '-c', query, '-c', ':write-csv-to -', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return Number(/^(\d+)$/m.exec(stdout)?.[1] ?? 0);
}
