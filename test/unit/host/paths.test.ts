import assert from 'node:assert/strict';
import {
  absoluteFile,
  commonFolder,
  isCandidateName,
  isLogName,
  isNeverRead,
  relativeFile,
} from '../../../src/host/paths.ts';

describe('paths inside a log', () => {
  it('are relative to the root', () => {
    assert.equal(relativeFile('/logs', '/logs/a/b.log'), 'a/b.log');
    assert.equal(absoluteFile('/logs', 'a/b.log'), '/logs/a/b.log');
  });

  it('are not found outside', () => {
    for (const path of ['/logs', '/', '/logs2/a.log', '/other/a.log']) {
      assert.equal(relativeFile('/logs', path), undefined, path);
    }
  });

  it('keep a file whose name begins with dots', () => {
    assert.equal(relativeFile('/logs', '/logs/..a.log'), '..a.log');
  });
});

describe('the common folder', () => {
  const cases: [string[], string][] = [
    [['/a/b/x.log'], '/a/b'],
    [['/a/b/x.log', '/a/b/y.log'], '/a/b'],
    [['/a/b/x.log', '/a/c/y.log'], '/a'],
    [['/a/b', '/a/b/c/y.log'], '/a'],
    [['/a/x.log', '/b/y.log'], '/'],
  ];
  for (const [paths, expected] of cases) {
    it(`of ${paths.join(' and ')} is ${expected}`, () => assert.equal(commonFolder(paths), expected));
  }
});

describe('log names', () => {
  for (const name of [
    'a.log',
    'a.log.1',
    'a.log.2024-01-01',
    'a.log-20240101',
    'A.LOG',
    'a.jsonl',
    'a.jsonl.2',
    'a.ndjson',
  ]) {
    it(`${name} is one`, () => assert.ok(isLogName(`/logs/${name}`)));
  }
  for (const name of ['catalog', 'a.logic', 'a.json', 'a.txt', 'log']) {
    it(`${name} is none`, () => assert.ok(!isLogName(`/x.log/${name}`)));
  }
});

describe('candidates in a folder', () => {
  for (const name of ['a/b.log', 'a.log.1', 'traces.json', 'out.txt', 'x.err', 'syslog', 'a.jsonl.2.gz', 'folder']) {
    it(`${name} may be one`, () => assert.ok(isCandidateName(name)));
  }
  for (const name of ['src/main.ts', 'dist/main.js.map', 'a.log/x.class', '.gitignore', 'photo.png']) {
    it(`${name} is none`, () => assert.ok(!isCandidateName(name)));
  }
});

describe('folders never read', () => {
  it('are told by whole names', () => {
    assert.ok(isNeverRead('.git/index'));
    assert.ok(isNeverRead('web/node_modules/a/b.log'));
    assert.ok(!isNeverRead('my.git/a.log'));
  });
});
