/**
 * The house as a table: which room a file belongs to, and which rooms it may know.
 * ARCHITECTURE.md tells the story; this table is what holds.
 */
import type { Import } from './imports.ts';

export interface Room {
  name: string;
  /** The first room that matches a path is the file's room, so special files stand before their folder. */
  at: RegExp;
  /** Rooms it may import, and Node modules or packages (`node:*` is all of Node). Its own room is named where allowed. */
  may: readonly string[];
  /** Rooms of which it may know the types only. */
  mayKnow?: readonly string[];
  /** What a newcomer should learn when an import is refused. */
  why: string;
}

/** Of alert rules. */
const PARSERS = ['yaml', '@lezer/common', '@prometheus-io/lezer-promql', '@grafana/lezer-logql'];
const PLAIN = ['base', 'model', 'protocol'];

export const ROOMS: readonly Room[] = [
  {
    name: 'base',
    at: /^src\/base\//,
    may: ['base', 'model'],
    why: 'base/ holds leaves that run in the editor, the worker and the webview alike: no editor, no Node, no engine.',
  },
  {
    name: 'model',
    at: /^src\/(model|incident)\.ts$/,
    may: ['model'],
    why: 'The model is plain types that everyone may import, so it imports nobody.',
  },
  {
    name: 'protocol',
    at: /^src\/(protocol|gestures|documents|overview|explanation)\.ts$/,
    may: ['model', 'protocol'],
    why: 'The protocol is what crosses a boundary: types of the model, nothing that runs.',
  },
  {
    name: 'timeline',
    at: /^src\/engine\/timeline\//,
    may: ['timeline', ...PLAIN],
    mayKnow: ['engine'],
    why: 'engine/timeline is bundled into the webview too, so it may know the types of the engine but not carry it along.',
  },
  {
    name: 'engine',
    at: /^src\/engine\//,
    may: ['engine', 'timeline', 'formats', 'jsonc-parser', '@hyperdx/lucene', ...PARSERS, ...PLAIN],
    why: 'The engine knows no editor, no disk and no wording: it reads through the ByteSource it is handed and returns message keys.',
  },
  {
    name: 'render',
    at: /^src\/render\//,
    may: ['render', 'timeline', 'dayjs', ...PLAIN],
    why: 'render/ turns values into words for every face, so it knows no face, no disk and no engine.',
  },
  {
    name: 'settings',
    at: /^src\/settings\//,
    may: ['settings', 'render', 'jsonc-parser', ...PLAIN],
    why: 'settings/ says what settings mean to the reading of a log, for the editor and the command line alike.',
  },
  {
    name: 'worker-main',
    at: /^src\/worker\/(?:main|engineThread|indexThread)\.ts$/,
    may: ['worker-main', 'worker', 'engine', 'timeline', 'render', 'node:*', ...PLAIN],
    why: 'What worker/main starts puts the engine, or its indexing, behind a port and does nothing else.',
  },
  {
    name: 'worker',
    at: /^src\/worker\//,
    may: ['worker', 'fzstd', 'node:*', ...PLAIN],
    mayKnow: ['engine'],
    why: 'Only what worker/main starts runs the engine; a client that imports it would index in the extension host.',
  },
  {
    name: 'host',
    at: /^src\/host\//,
    may: ['host', 'settings', 'worker', 'render', 'timeline', 'vscode', 'jsonc-parser', 'node:*', ...PLAIN],
    mayKnow: ['engine'],
    why: 'host/ talks to the engine through worker/client, and never knows the features that use it.',
  },
  {
    name: 'providers',
    at: /^src\/providers\//,
    may: ['host', 'settings', 'render', 'timeline', 'vscode', 'jsonc-parser', ...PLAIN],
    mayKnow: ['engine'],
    why: 'A provider is one feature: it does not import another provider (they meet in host/sessions), Node or the engine.',
  },
  {
    name: 'lm-tools',
    at: /^src\/lmTools\//,
    may: ['lm-tools', 'host', 'render', 'vscode', 'node:path', ...PLAIN],
    why: 'A tool for language models writes down what a session knows: it opens no view and imports no engine.',
  },
  {
    name: 'views',
    at: /^src\/views\//,
    may: ['views', 'host', 'settings', 'render', 'timeline', 'vscode', 'node:*', ...PLAIN],
    mayKnow: ['engine'],
    why: 'A view shows what a session knows: it imports no provider, no worker and no engine.',
  },
  {
    name: 'cli',
    at: /^src\/cli\.ts$/,
    may: [
      'cli-parts',
      'file-source',
      'index-threads',
      'index-cache',
      'manifest',
      'engine',
      'timeline',
      'render',
      'node:*',
      ...PLAIN,
    ],
    why: 'The command line is the engine without an editor: it must run where there is no VS Code.',
  },
  {
    name: 'cli-parts',
    at: /^src\/cli\//,
    may: ['cli-parts', 'settings', 'render', 'jsonc-parser', 'node:*', ...PLAIN],
    mayKnow: ['engine'],
    why: 'Options, queries and output are tested without an engine; src/cli.ts alone brings the two together.',
  },
  {
    name: 'extension',
    at: /^src\/extension\.ts$/,
    may: ['host', 'providers', 'lm-tools', 'views', 'worker', 'vscode', 'node:*', ...PLAIN],
    why: 'extension.ts composes; the engine runs in the worker, and words are made where they are shown.',
  },
  {
    name: 'webview',
    at: /^media\//,
    may: ['webview', 'timeline', 'render', ...PLAIN],
    why: 'The webview runs in a browser: it knows the protocol, the timeline and the words, and neither Node nor the extension.',
  },
  {
    name: 'test',
    at: /^test\//,
    may: ['*'],
    why: 'Tests may import everything but extension.ts, which only VS Code loads.',
  },
];

/** Files that are data when imported, and rooms that are single files of another room. */
const ALIASES: readonly { name: string; at: RegExp }[] = [
  { name: 'formats', at: /^src\/engine\/.*\.(?:jsonc|yaml)$/ },
  { name: 'manifest', at: /^package\.json$/ },
  { name: 'file-source', at: /^src\/worker\/fileByteSource\.ts$/ },
  { name: 'index-threads', at: /^src\/worker\/indexThreads\.ts$/ },
  { name: 'index-cache', at: /^src\/worker\/indexCache\.ts$/ },
];

export function roomOf(file: string): Room | undefined {
  return ROOMS.find((room) => room.at.test(file));
}

/** Names under which a table entry may mean this import. */
function namesOf(to: string): string[] {
  const inTree = /^(src|media|test|scripts|docs|samples)\//.test(to) || to.endsWith('package.json');
  if (!inTree) {
    const name = to.startsWith('@') ? to.split('/').slice(0, 2).join('/') : (to.split('/')[0] ?? to);
    return to.startsWith('node:') ? [to, 'node:*'] : [name];
  }
  const names = ALIASES.filter((alias) => alias.at.test(to)).map((alias) => alias.name);
  const room = roomOf(to);
  return room ? [...names, room.name] : names;
}

/** Why an import may not exist, in words that teach; null where it may. */
export function refusal(edge: Import): string | null {
  const room = roomOf(edge.from);
  const place = `${edge.from}:${edge.line} imports ${edge.to}`;
  if (!room) return `${place}: no room holds ${edge.from}. Put the file in a room of test/unit/architecture/rooms.ts.`;
  if (edge.to === 'src/extension.ts') {
    return `${place}: nothing imports extension.ts; what others need of it belongs in host/.`;
  }
  if (room.may.includes('*')) return null;
  const names = namesOf(edge.to);
  if (names.some((name) => room.may.includes(name))) return null;
  const known = names.some((name) => room.mayKnow?.includes(name));
  if (known && edge.typeOnly) return null;
  const shown = names.at(-1) ?? edge.to;
  const advice = known ? ` (\`import type\` would be allowed)` : '';
  return `${place}: ${room.name} → ${shown} is no allowed edge${advice}. ${room.why} It may import: ${room.may.join(', ')}.`;
}
