/**
 * Holds the house together. A failing line names the file, the edge and the rule it breaks;
 * the table of rooms is in architecture/rooms.ts.
 */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { cyclesOf, type Import, importsOf, withoutComments } from './architecture/imports.ts';
import { refusal } from './architecture/rooms.ts';

const SOFT_LIMIT = 300;
const HARD_LIMIT = 450;

const sources = ['src', 'media', 'test'].flatMap((folder) => filesIn(folder, /\.[mc]?tsx?$/));
const imports = sources.flatMap((file) => importsOf(file));

/** Paths from the repository's root, with `/`, in order. */
function filesIn(folder: string, name: RegExp): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`);
  return paths
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => name.test(path) && !path.includes('/node_modules/'))
    .sort();
}

function linesOf(text: string): number {
  return text.replace(/\n$/, '').split('\n').length;
}

function anysIn(text: string): number[] {
  const code = withoutComments(text).replace(/'[^'\n]*'|"[^"\n]*"/g, "''");
  return code
    .split('\n')
    .flatMap((line, index) => (/(?:[:<,|&(]|\bas|=>)\s*any\b(?!\s*\()/.test(line) ? [index + 1] : []));
}

function badName(file: string): string | null {
  if (/^index\.\w+$/.test(basename(file))) return `${file}: no barrels; import the file that holds what you need.`;
  const vague = /^(?:.*[-.])?(utils?|helpers?|common|misc)(?:\.[\w.]+)?$/i.exec(
    basename(file).replace(/\.test\.ts$/, '.ts'),
  );
  return vague ? `${file}: name the file for what it holds; "${vague[1]}" says nothing.` : null;
}

describe('architecture', () => {
  it('has only the edges of the table', () => {
    deepEqual(
      imports.map(refusal).filter((line) => line !== null),
      [],
    );
  });

  it('imports only files that exist', () => {
    const known = new Set(sources);
    const lost = imports.filter(({ to }) => /^(src|media|test)\/.*\.ts$/.test(to) && !known.has(to));
    deepEqual(
      lost.map(({ from, line, to }) => `${from}:${line} imports ${to}, which does not exist`),
      [],
    );
  });

  it('has no cycles, not even of types', () => {
    deepEqual(
      cyclesOf(imports).map((cycle) => [...cycle, cycle[0]].join(' → ')),
      [],
      'move what both need to a file of their own',
    );
  });

  it('has no barrels and no vague names', () => {
    deepEqual(
      sources.map(badName).filter((line) => line !== null),
      [],
    );
  });

  it(`has no file above ${HARD_LIMIT} lines`, () => {
    const sizes = sources.map((file) => ({ file, lines: linesOf(readFileSync(file, 'utf8')) }));
    for (const { file, lines } of sizes.filter((size) => size.lines > SOFT_LIMIT)) {
      console.log(`      ${file} has ${lines} lines; above ${SOFT_LIMIT}, look for the second thing it does`);
    }
    deepEqual(
      sizes.filter((size) => size.lines > HARD_LIMIT).map(({ file, lines }) => `${file}: ${lines} lines`),
      [],
    );
  });

  it('has no any', () => {
    deepEqual(
      sources.flatMap((file) => anysIn(readFileSync(file, 'utf8')).map((line) => `${file}:${line}`)),
      [],
    );
  });

  it('knows no names of the sample', () => {
    const names = sampleNames();
    ok(names.size > 8, 'the sample gives its names');
    const shipped = ['src', 'media', 'syntaxes'].flatMap((folder) => filesIn(folder, /\.(ts|css|html|jsonc?|md|svg)$/));
    deepEqual(
      shipped.flatMap((file) => namesIn(file, readFileSync(file, 'utf8'), names)),
      [],
    );
  });
});

/** Names that only the sample has: of services, hosts and traces, of its files and of its company. */
function sampleNames(): Set<string> {
  const names = new Set(['primomart', 'inventory', 'stripe']);
  for (const file of filesIn('samples/primomart', /\.jsonl$/)) {
    const text = readFileSync(file, 'utf8');
    names.add(basename(file, '.jsonl'));
    for (const [, name] of text.matchAll(/"(?:service|source|trace_id|upstream_service)":"([^"]+)"/g)) {
      if (name) names.add(name.toLowerCase());
    }
  }
  return names;
}

function namesIn(file: string, text: string, names: ReadonlySet<string>): string[] {
  return text.split('\n').flatMap((line, index) => {
    const lower = line.toLowerCase();
    const found = [...names].filter((name) => lower.includes(name));
    return found.length === 0
      ? []
      : [`${file}:${index + 1} names ${found.join(', ')}: nothing shipped knows the sample`];
  });
}

/** The checks are worth what they catch. */
describe('the architecture checks', () => {
  const edge = (from: string, statement: string): string | null => {
    const [found] = importsOf(from, statement);
    ok(found, `an import is seen in: ${statement}`);
    return refusal(found);
  };

  for (const [from, statement, rule] of [
    ['src/engine/parse/json.ts', "import type * as vscode from 'vscode';", /engine → vscode/],
    ['src/engine/parse/json.ts', "import { readFile } from 'node:fs/promises';", /engine → node:\*.*ByteSource/],
    ['src/engine/parse/json.ts', "import { Worker } from 'node:worker_threads';", /engine → node:\*/],
    ['src/engine/parse/json.ts', "import dayjs from 'dayjs';", /engine → dayjs/],
    ['src/engine/parse/json.ts', "import utc from 'dayjs/plugin/utc.js';", /engine → dayjs/],
    [
      'src/engine/anomalies/fatal.ts',
      "import { sentence } from '../../render/sentence.ts';",
      /engine → render.*message keys/,
    ],
    ['src/base/lru.ts', "const fs = require('node:fs');", /base → node/],
    ['src/model.ts', "export * from './engine/engine.ts';", /model → engine/],
    ['src/host/sessions.ts', "import { createEngine } from '../engine/engine.ts';", /host → engine.*import type/],
    ['src/worker/client.ts', "const engine = await import('../engine/engine.ts');", /worker → engine/],
    ['src/providers/hover.ts', "import { register } from './definition.ts';", /providers → providers.*host\/sessions/],
    ['src/views/tree.ts', "import { register } from '../providers/hover.ts';", /views → providers/],
    ['media/cascade/main.ts', "import { sessions } from '../../src/host/sessions.ts';", /webview → host/],
    ['media/cascade/main.ts', "import process from 'node:process';", /webview → node/],
    ['src/host/sessions.ts', "import { activate } from '../extension.ts';", /nothing imports extension/],
    ['src/cli.ts', "import { connect } from './worker/client.ts';", /cli → worker/],
    ['src/render/text.ts', "import { fake } from '../../test/unit/fake.ts';", /render → test/],
    ['src/elsewhere/new.ts', "import type { Entry } from '../model.ts';", /no room holds/],
  ] as const) {
    it(`refuse ${from}: ${statement}`, () => {
      match(edge(from, statement) ?? 'allowed', rule);
      match(edge(from, statement) ?? '', new RegExp(`^${from.replace(/[.]/g, '\\.')}:1 imports `));
    });
  }

  for (const [from, statement] of [
    ['src/host/sessions.ts', "import type { Log } from '../engine/index/log.ts';"],
    ['src/host/sessions.ts', "import { type Log, type Ids } from '../engine/index/log.ts';"],
    ['src/host/sessions.ts', "type Engine = typeof import('../engine/engine.ts');"],
    ['src/worker/main.ts', "import { createEngine } from '../engine/engine.ts';"],
    ['src/cli.ts', "import { createFileSource } from './worker/fileByteSource.ts';"],
    ['media/cascade/main.ts', "import { layout } from '../../src/engine/timeline/layout.ts';"],
    ['src/engine/formats/builtin.ts', "import text from './builtin/bunyan.jsonc';"],
  ] as const) {
    it(`allow ${from}: ${statement}`, () => equal(edge(from, statement), null));
  }

  it('see imports over several lines and none in comments', () => {
    const text =
      "/* import a from 'a'; */\n// import b from 'b';\nimport {\n  c,\n  type D,\n} from 'c';\nimport 'd';\n";
    deepEqual(
      importsOf('src/x.ts', text).map(({ to, line, typeOnly }) => ({ to, line, typeOnly })),
      [
        { to: 'c', line: 3, typeOnly: false },
        { to: 'd', line: 7, typeOnly: false },
      ],
    );
  });

  it('find a cycle, and each once', () => {
    const to = (from: string, target: string): Import => ({ from, to: target, line: 1, typeOnly: false });
    deepEqual(cyclesOf([to('b', 'c'), to('c', 'a'), to('a', 'b'), to('x', 'a')]), [['a', 'b', 'c']]);
    deepEqual(cyclesOf([to('a', 'b'), to('a', 'c'), to('b', 'd'), to('c', 'd')]), []);
  });

  it('find an any', () => {
    deepEqual(
      anysIn("let a: any;\nconst b = c as any;\nlet d: Map<string, any>;\n// any\nconst e = 'as any';\nany();"),
      [1, 2, 3],
    );
  });

  it('find a vague name and a barrel', () => {
    for (const file of [
      'src/base/utils.ts',
      'src/host/url-helpers.ts',
      'test/unit/common.test.ts',
      'src/engine/index.ts',
    ]) {
      ok(badName(file), file);
    }
    for (const file of ['src/engine/index/log.ts', 'src/host/commands.ts']) equal(badName(file), null);
  });

  it('find a name of the sample', () => {
    equal(namesIn('src/x.ts', "if (name === 'Api-Gateway') boost();", sampleNames()).length, 1);
    equal(namesIn('src/x.ts', 'in order of time', sampleNames()).length, 0);
  });
});
