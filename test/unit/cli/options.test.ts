import { deepEqual, equal, throws } from 'node:assert/strict';
import { type Command, readArguments, UsageError } from '../../../src/cli/options.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not be there.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function command(...args: string[]): Command {
  const request = readArguments(args);
  if (!('paths' in request)) throw new Error(`${request.name} is no command`);
  return request;
}

describe('the command line', () => {
  it('clears what is kept, and takes nothing more for it', () => {
    deepEqual(readArguments(['clear-cache']), { name: 'clear-cache' });
    throws(() => readArguments(['clear-cache', 'x']), UsageError);
    equal(command('files', 'x', '--no-cache').cache, false);
    equal(command('files', 'x').cache, true);
  });

  it('reads a report', () => {
    const { name, paths, format, zone, year, quiet, from } = command('report', 'logs', '--format', 'sarif', '-q');
    deepEqual(
      { name, paths, format, zone, year, quiet, from },
      {
        name: 'report',
        paths: ['logs'],
        format: 'sarif',
        zone: null,
        year: null,
        quiet: true,
        from: null,
      },
    );
  });

  it('reads options in any order, and more than one path', () => {
    const { id, paths, year, zone } = command('trace', '--year=2023', 'ab12', 'a.log', '--zone', '+02:00', 'b.log');
    deepEqual({ id, paths, year, zone }, { id: 'ab12', paths: ['a.log', 'b.log'], year: 2023, zone: '+02:00' });
  });

  it('reads what is to be explained, and to whom', () => {
    const { trace, audience, format } = command('explain', 'logs', '--trace', 'ab12', '--audience', 'everybody');
    deepEqual({ trace, audience, format }, { trace: 'ab12', audience: 'everybody', format: 'markdown' });
    equal(command('explain', 'logs').audience, 'engineers');
  });

  it('reads a query that begins with a minus', () => {
    equal(command('merge', 'logs', '--query=-debug').query, '-debug');
  });

  for (const [args, about] of [
    [[], null],
    [['--help'], null],
    [['help', 'merge'], 'merge'],
    [['report', '--help'], 'report'],
  ] as const) {
    it(`helps with ${args.join(' ') || 'nothing'}`, () => deepEqual(readArguments(args), { name: 'help', about }));
  }

  for (const [args, message] of [
    [
      ['repotr', 'x'],
      /^unknown command "repotr"; there are report, explain, trace, compare, merge, files, alerts, differs, clear-cache$/,
    ],
    [['report'], /^report needs a PATH/],
    [['explain', 'logs', '--audience', 'me'], /^--audience is engineers or everybody, not "me"$/],
    [['explain', 'logs', '--trace', 'ab', '--from', '12:30'], /^explain: a trace is explained whole;/],
    [['explain', 'logs', '--format', 'json'], /^explain cannot write "json"; --format is markdown$/],
    [['compare', ' '], /^compare needs an ID and a PATH$/],
    [['differs', 'x'], /^differs needs --query, --from or --to/],
    [['trace'], /^trace needs an ID and a PATH$/],
    [['trace', 'ab12'], /^trace needs a PATH/],
    [['report', 'x', '--bogus'], /^report: unknown option '--bogus'$/],
    [['report', 'x', '--query', 'y'], /^report: unknown option '--query'$/],
    [['trace', 'a', 'x', '--from', '12:00'], /^trace: unknown option '--from'$/],
    [['merge', 'x', '--format', 'sarif'], /^merge cannot write "sarif"; --format is text, json$/],
    [['report', 'x', '--from', 'noon'], /^--from "noon" is no time/],
    [['report', 'x', '--to', '2023-02-30'], /^--to "2023-02-30" is no time/],
    [['report', 'x', '--zone', 'Mars'], /^--zone "Mars" is no time zone/],
    [['report', 'x', '--zone', '+99:99'], /^--zone "\+99:99" is no time zone/],
    [['report', 'x', '--year', '23'], /^--year "23" is no year/],
    [['merge', 'x', '--query'], /^merge: option '--query <value>' argument missing$/],
    [['\u001b[2Jevil'], /^unknown command "\\u001b\[2Jevil"/],
    [['\u009b2Jevil\u202e'], /^unknown command "\\u009b2Jevil\\u202e"/],
    [['report', 'x', '--\u009b2J\u0085\u001b]evil'], /^report: unknown option '--/],
  ] as const) {
    it(`refuses ${JSON.stringify(args)} in one line`, () => {
      throws(
        () => readArguments(args),
        (error: Error) => error instanceof UsageError && message.test(error.message) && !CONTROL.test(error.message),
      );
    });
  }
});
