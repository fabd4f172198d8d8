/** What `--help` prints. docs/cli.md says more. */
import type { CommandName } from './options.ts';

const USAGE: Readonly<Record<CommandName, string>> = {
  report: 'causeway report PATH… [--from T] [--to T] [--incident-start T] [--format text|json|markdown|sarif]',
  explain: 'causeway explain PATH… [--from T] [--to T] [--trace ID] [--audience engineers|everybody]',
  trace: 'causeway trace ID PATH… [--format text|json]',
  compare: 'causeway compare ID PATH… [--with ID]',
  merge: 'causeway merge PATH… [--query Q] [--from T] [--to T] [--format text|json]',
  files: 'causeway files PATH… [--format text|json]',
  alerts: 'causeway alerts PATH… [--rules FILE] [--incident-start T] [--format text|json|yaml]',
  differs: 'causeway differs PATH… [--query Q] [--from T] [--to T]',
};

const PURPOSE: Readonly<Record<CommandName, string>> = {
  report: 'services, anomalies, the cascade and ranked root causes',
  explain: 'what happened, as a Markdown document: numbers, timeline, cascade, causes, and how sure each is',
  trace: 'every entry that holds an id, in order of time',
  compare: 'a failed trace beside the nearest healthy one: missing, extra and slower steps',
  merge: 'all entries of all files in order of time',
  files: 'what was recognised in each file',
  alerts: 'alerts that would have warned, and what given rules would have done',
  differs: 'what is more frequent in a part of the log than in the rest',
};

const OPTIONS = `Options
  --format F   how to write it; json is a documented contract
  --from T     only entries at or after T: 12:30, "2023-08-15 12:30" or 2023-08-15T12:30:00Z
  --to T       only entries at or before T
  --query Q    merge, differs: as level:>=warn (service:shop* OR took:>1000) "timed out" -retry after:12:30
  --rules F    alerts: a rule file of Prometheus or Loki, to be tried on the log
  --incident-start T  when the incident began; leads of alerts are counted to it
  --trace ID   explain: this trace alone
  --audience A explain: engineers (default), or everybody, who are told it in short
  --with ID    compare: the trace to compare with
  --zone Z     zone of times that carry none, and of times shown: UTC (default), +02:00, Europe/Berlin
  --year Y     year of times that carry none
  --settings F a settings.json: its causeway.formats, levels, correlationKeys, timeZones, zone and year hold
  --no-cache   keep no index for the next time, and use none
  -q, --quiet  no progress
  -h, --help   this help; -v, --version the version

Exit code 0: done. 1: a fault of ours. 2: a usage error, or nothing readable.
`;

export function helpText(about: CommandName | null): string {
  if (about !== null) return `Usage: ${USAGE[about]}\n\n${PURPOSE[about]}\n\n${OPTIONS}`;
  const names = Object.keys(USAGE) as CommandName[];
  const commands = names.map((name) => `  ${USAGE[name]}\n      ${PURPOSE[name]}`);
  commands.push('  causeway clear-cache\n      removes the indexes that are kept');
  return `Causeway follows an incident through the logs of many services.\n\nUsage\n${commands.join('\n')}\n\n${OPTIONS}`;
}
