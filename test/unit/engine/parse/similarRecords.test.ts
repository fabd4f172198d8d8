/**
 * A scanner that learns from records must read each as one that never saw another. So records come in sequences here:
 * like records of one logger, with keys that come and go, values of other types, and damage of a byte or two.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ARRAY, EMPTY_OBJECT, NUMBER, STRING, WORD } from '../../../../src/engine/parse/fieldList.ts';
import { JsonScanner } from '../../../../src/engine/parse/jsonScanner.ts';
import { unquote } from '../../../../src/engine/parse/jsonText.ts';
import { damage, damaged } from '../damage.ts';

type Written = { type: number; text: string } | { members: Member[] };
type Member = [keyLiteral: string, value: Written];
/** A field as it must be listed: its dotted key, its type, and its text; of strings, what they mean. */
type Listed = [key: string, type: number, text: string];

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

const blanks = fc.constantFrom('', '', '', '', ' ', '\t', ' \t ');
const ESCAPES: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** One character of a string, in one of the ways in which writers write it. */
const character = fc
  .tuple(
    fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), fc.constantFrom(...'a b"\\/,:{}[]\n\u2028é')),
    fc.nat(3),
  )
  .map(([text, way]) => {
    const unit = text.charCodeAt(0);
    const short = ESCAPES[text];
    if (way === 0)
      return Array.from({ length: text.length }, (_, i) => escapedUnit(text.charCodeAt(i), false)).join('');
    if (way === 1) return Array.from({ length: text.length }, (_, i) => escapedUnit(text.charCodeAt(i), true)).join('');
    if (text === '/' && way === 2) return '\\/';
    return short ?? (unit < 0x20 ? escapedUnit(unit, false) : text);
  });

const escapedUnit = (unit: number, upper: boolean): string => {
  const digits = unit.toString(16).padStart(4, '0');
  return `\\u${upper ? digits.toUpperCase() : digits}`;
};

const loneSurrogate = fc.constantFrom('\\ud83d', '\\uDE00', '\\ud83d\\ud83d');
const literal = fc
  .array(fc.oneof({ weight: 20, arbitrary: character }, { weight: 1, arbitrary: loneSurrogate }), { maxLength: 12 })
  .map((parts) => `"${parts.join('')}"`);
const numberText = fc.oneof(
  fc.constantFrom('0', '-0', '-0.0', '1e400', '1E+05', '12345678901234567890', '0.1', '5e-324', '-1.50e2'),
  fc.stringMatching(/^-?(0|[1-9]\d{0,18})(\.\d{1,12})?([eE][+-]?\d{1,3})?$/),
);
const wordText = fc.constantFrom('true', 'false', 'null');

const { arrayText } = fc.letrec<{ any: string; arrayText: string; objectText: string }>((tie) => ({
  any: fc.oneof({ maxDepth: 4 }, literal, numberText, wordText, tie('arrayText'), tie('objectText')),
  arrayText: fc
    .tuple(fc.array(tie('any'), { maxLength: 3 }), blanks)
    .map(([items, blank]) => `[${blank}${items.join(`${blank},`)}${blank}]`),
  objectText: fc
    .tuple(fc.array(fc.tuple(literal, tie('any')), { maxLength: 3 }), blanks)
    .map(([members, blank]) => `{${blank}${members.map(([key, value]) => `${key}${blank}:${value}`).join(',')}}`),
}));

/** Few keys, so that they are repeated, and stand now here, now inside another; and keys that look like structure. */
const key = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom('"a"', '"b"', '"level"', '"o"', '"a.b"', '""', '"{"', '"a\\"b"', '"\\u0061"'),
  },
  { weight: 1, arbitrary: literal },
);
const { value } = fc.letrec<{ value: Written; members: Member[] }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    literal.map((text) => ({ type: STRING, text })),
    numberText.map((text) => ({ type: NUMBER, text })),
    wordText.map((text) => ({ type: WORD, text })),
    arrayText.map((text) => ({ type: ARRAY, text })),
    blanks.map((blank) => ({ type: EMPTY_OBJECT, text: `{${blank}}` })),
    tie('members').map((members) => ({ members })),
  ),
  members: fc.array(fc.tuple(key, tie('value')), { minLength: 1, maxLength: 4 }),
}));

/** The keys of a logger in their order, and of each record what it writes of them; null leaves a key out. */
const sequence = fc.array(key, { minLength: 1, maxLength: 8 }).chain((keys) => {
  const one = fc.array(fc.option(value, { freq: 4 }), { minLength: keys.length, maxLength: keys.length });
  const members = one.map((values) => values.flatMap((v, i): Member[] => (v === null ? [] : [[keys[i], v]])));
  return fc.array(fc.tuple(members, fc.constantFrom('', '', '', ' ')), { minLength: 1, maxLength: 8 });
});

function textOf(members: Member[], blank: string): string {
  const written = members.map(
    ([name, v]) => `${name}${blank}:${blank}${'members' in v ? textOf(v.members, blank) : v.text}`,
  );
  return `{${blank}${written.join(`,${blank}`)}${blank}}`;
}

function listOf(members: Member[], prefix = ''): Listed[] {
  return members.flatMap(([name, v]): Listed[] => {
    // Keys are kept as UTF-8, which has no lone surrogates.
    const dotted = `${prefix}${decoder.decode(encoder.encode(JSON.parse(name)))}`;
    if ('members' in v) return listOf(v.members, `${dotted}.`);
    return [[dotted, v.type, v.type === STRING ? JSON.parse(v.text) : v.text]];
  });
}

/** The keys as they stand in each other: `a.b` may be one key, or two. */
function pathsOf(members: Member[], above: string[] = []): string[][] {
  return members.flatMap(([name, v]) => {
    const path = [...above, decoder.decode(encoder.encode(JSON.parse(name)))];
    return 'members' in v ? pathsOf(v.members, path) : [path];
  });
}

function scan(scanner: JsonScanner, bytes: Uint8Array): Listed[] | null {
  // Not at the beginning of the buffer, and with more behind: a scanner that looks past its range reads something.
  const buffer = encoder.encode(`"},[${'\0'.repeat(bytes.length)}"}]}`);
  buffer.set(bytes, 4);
  if (!scanner.scan(buffer, 4, 4 + bytes.length)) return null;
  return Array.from({ length: scanner.count }, (_, i): Listed => {
    const [start, end, type] = [scanner.start[i], scanner.end[i], scanner.type[i]];
    const text = type === STRING ? unquote(buffer, start, end) : decoder.decode(buffer.subarray(start, end));
    if (type === STRING) assert.equal(scanner.escaped[i] === 1, buffer.subarray(start, end).includes(0x5c));
    return [scanner.keys.names[scanner.key[i]], type, text];
  });
}

function isObject(bytes: Uint8Array): boolean {
  try {
    const parsed = JSON.parse(decoder.decode(bytes));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}

describe('JSON scanner on records like those before', () => {
  it('lists what was written, whatever it learned', () => {
    fc.assert(
      fc.property(sequence, (records) => {
        const scanner = new JsonScanner();
        // Each twice in a row and all once more: learned at the first, read as learned at the second.
        for (const [members, blank] of [...records.flatMap((record) => [record, record]), ...records]) {
          assert.deepEqual(scan(scanner, encoder.encode(textOf(members, blank))), listOf(members));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives equal layouts to equal keys in equal order, and to no others', () => {
    fc.assert(
      fc.property(sequence, (records) => {
        const scanner = new JsonScanner();
        const keysOf = new Map<number, string>();
        const layoutOf = new Map<string, number>();
        for (const [members, blank] of [...records, ...records]) {
          assert.ok(scan(scanner, encoder.encode(textOf(members, blank))));
          const keys = JSON.stringify(pathsOf(members));
          assert.equal(keysOf.get(scanner.layout) ?? keys, keys);
          assert.equal(layoutOf.get(keys) ?? scanner.layout, scanner.layout);
          keysOf.set(scanner.layout, keys);
          layoutOf.set(keys, scanner.layout);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes and refuses what JSON.parse does after a byte has changed, and lists it as a scanner that knows nothing', () => {
    fc.assert(
      fc.property(
        sequence,
        fc.array(fc.tuple(fc.nat(), damage), { minLength: 1, maxLength: 12 }),
        (records, damages) => {
          const scanner = new JsonScanner();
          const texts = records.map(([members, blank]) => encoder.encode(textOf(members, blank)));
          for (const text of texts) assert.ok(scan(scanner, text));
          for (const [which, how] of damages) {
            const bytes = damaged(texts[which % texts.length], how);
            const listed = scan(scanner, bytes);
            assert.equal(listed !== null, isObject(bytes), decoder.decode(bytes));
            assert.deepEqual(listed, scan(new JsonScanner(), bytes));
          }
        },
      ),
      { numRuns: 700 },
    );
  });

  it('agrees about deep nesting with a scanner that knows nothing', () => {
    const nested = (objects: number, arrays: number): Uint8Array =>
      encoder.encode(`${'{"o":'.repeat(objects)}${'['.repeat(arrays)}${']'.repeat(arrays)}${'}'.repeat(objects)}`);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.array(fc.nat(600), { minLength: 1, maxLength: 6 }),
        (objects, depths) => {
          const scanner = new JsonScanner();
          for (const arrays of depths) {
            const bytes = nested(objects, Math.max(1, arrays));
            assert.deepEqual(scan(scanner, bytes), scan(new JsonScanner(), bytes));
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
