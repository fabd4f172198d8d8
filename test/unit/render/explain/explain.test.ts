import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Explanation, Impact } from '../../../../src/explanation.ts';
import { explanationMarkdown } from '../../../../src/render/explain/explain.ts';
import { cascadeMermaid, mermaidText } from '../../../../src/render/explain/mermaid.ts';
import { type Audience, lineLink } from '../../../../src/render/explain/options.ts';
import { cascadePicture, cascadeSvg } from '../../../../src/render/explain/picture.ts';
import { HOSTILE, line, NOTHING, REPORT } from '../reportSample.ts';

const clock = (time: number | null) => String(time);
const link = (file: string) => `logs/${file}`;

const IMPACT: Impact = {
  range: { from: REPORT.timeRange.from, to: REPORT.timeRange.to },
  entries: 31,
  errors: 7,
  fatals: 1,
  traces: { total: 8, failed: 6 },
  entities: [
    {
      kind: 'order',
      total: 8,
      failed: 6,
      looked: 6,
      amounts: [{ currency: 'USD', total: 479.2, entities: 6 }],
      examples: [
        { id: HOSTILE, amount: 104.98, currency: 'USD', failure: line('evil|name.jsonl', 1, '12:30:00.000', HOSTILE) },
      ],
    },
  ],
  users: { kind: 'user', total: 3, affected: 2 },
};

const UNKNOWN: Impact = { ...IMPACT, traces: null, entities: [], users: null };

function explanation(impact: Impact, report = REPORT): Explanation {
  const [incident] = report.incidents;
  const incidents = incident ? [{ incidents: [incident], report, impact }] : [];
  return { scope: { kind: 'log' }, report, impact, incidents, more: [], trace: null };
}

const markdown = (found: Explanation, audience: Audience = 'engineers') =>
  explanationMarkdown(found, { title: 'logs/shop', zone: 'UTC', audience, link });

describe('an explanation', () => {
  it('has every part for engineers', () => {
    const text = markdown(explanation(IMPACT));
    const headings = [...text.matchAll(/^##+ (.*)$/gm)].map(([, name]) => name);
    for (const part of [
      'In numbers',
      'Timeline',
      'Cascade',
      'Likely causes',
      'Symptoms',
      'How sure this is',
      'Notes',
    ]) {
      ok(headings.includes(part), `${part} in ${headings}`);
    }
    match(text, /\| \*\*Failed orders\*\* \| 6 of 8 \\\(75 %\\\) \|/);
    match(text, /\| \*\*Worth of failed orders\*\* \| 479\.20 USD \|/);
    match(text, /\| \*\*Users affected\*\* \| 2 of 3 \\\(67 %\\\) \|/);
    match(text, /Against it/);
  });

  it('is short for everybody, and says in words what failed', () => {
    const [long, short] = [markdown(explanation(IMPACT)), markdown(explanation(IMPACT), 'everybody')];
    ok(short.split('\n').length < long.split('\n').length);
    match(short, /\*\*6 of 8 orders\*\* failed, worth \*\*479\.20 USD\*\*\. \*\*2 users\*\* met a failure\./);
    match(short, /a likely cause and not a proven one/);
    doesNotMatch(short, /```mermaid|Symptoms/);
  });

  it('says what is not known', () => {
    for (const audience of ['engineers', 'everybody'] as const) {
      const text = markdown(explanation(UNKNOWN), audience);
      match(text, /\*\*Users affected\*\* \| unknown: entries have no ids of users/);
      match(text, /\*\*Traces with an error\*\* \| unknown/);
    }
    match(
      markdown(explanation(UNKNOWN), 'everybody'),
      /- Which orders or payments failed: entries have no ids of such\./,
    );
  });

  it('says that nothing stands out, where nothing does', () => {
    for (const audience of ['engineers', 'everybody'] as const) {
      const text = markdown(explanation({ ...UNKNOWN, entries: 0, errors: 0, fatals: 0 }, NOTHING), audience);
      match(text, /\*\*No incident stands out/);
    }
  });

  it('tells of several incidents each by itself, and names those that it leaves out', () => {
    const [incident] = REPORT.incidents;
    const one = { incidents: [incident], report: REPORT, impact: IMPACT };
    const found = { ...explanation(IMPACT), incidents: [one, one], more: [incident] };
    const text = markdown(found);
    match(text, /\*\*3 incidents\*\*, each explained by itself/);
    equal([...text.matchAll(/^## Incident \d$/gm)].length, 2);
    equal([...text.matchAll(/^### Likely causes$/gm)].length, 2);
    match(text, /^Not explained here/m);
  });

  it('lets no log text become a heading, a link, an element or a table cell', () => {
    for (const audience of ['engineers', 'everybody'] as const) {
      const text = markdown(explanation(IMPACT), audience);
      const outside = text.replace(/\\[^\w\s]/g, '').replace(/(`+)[^`][\s\S]*?[^`]?\1(?!`)/g, '');
      doesNotMatch(outside, /<img|\]\(command:/);
      doesNotMatch(text, /^FORGED/m);
      for (const mark of ['\u001b', '\u202e']) ok(!text.includes(mark));
      const rows = text.split('\n').filter((each) => each.startsWith('|'));
      for (const row of rows) ok(/\|$/.test(row), row);
    }
  });

  it('links lines, whatever a file is called', () => {
    equal(lineLink({ file: 'a/b.log', line: 7 }, { link }), '[a/b.log:7](logs/a/b.log#L7)');
    equal(lineLink({ file: 'a.gz', line: 7 }, { link: () => null }), 'a.gz:7');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (file) => {
        const made = lineLink({ file, line: 3 }, { link: (name) => name });
        const [, target] = /\]\(([^)]*)\)$/.exec(made) ?? [];
        ok(target !== undefined, made);
        doesNotMatch(target, /[\s<>()[\]\\|"`:?]|^\/\//);
        ok(target.endsWith('#L3'));
      }),
    );
  });
});

describe('the cascade in Mermaid', () => {
  it('has a node for each party, and arrows by how sure their order is', () => {
    const text = cascadeMermaid(REPORT, clock).join('\n');
    ok(text.startsWith('```mermaid\nflowchart LR\n') && text.endsWith('\n```'));
    equal([...text.matchAll(/^ {2}n\d+\[/gm)].length, REPORT.cascade.nodes.length);
    match(text, / -\.->\|/);
    deepEqual(cascadeMermaid(NOTHING, clock), []);
  });

  it('lets no name end its label, set a directive or make a link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        doesNotMatch(mermaidText(name), /["`[\](){}<>|%&\\\n\r*/]|#(?!\d+;)/);
      }),
    );
    equal(mermaidText('%%{init: {"x":1}}%%'), '#37;#37;#123;init: #123;#34;x#34;:1#125;#125;#37;#37;');
  });
});

describe('the picture of the cascade', () => {
  it('is an image without a script, whatever names hold', () => {
    const svg = cascadeSvg(REPORT, clock) ?? '';
    match(svg, /^<svg [\s\S]*<\/svg>$/);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const { nodes, edges } = REPORT.cascade;
        const cascade = { nodes: [{ ...nodes[0], name }, ...nodes.slice(1)], edges };
        const made = cascadeSvg({ cascade }, clock) ?? '';
        const names = [...made.matchAll(/<(\w+)/g)].map(([, element]) => element);
        deepEqual(new Set(names), new Set(['svg', 'defs', 'marker', 'path', 'rect', 'text']));
        match(cascadePicture({ cascade }, clock) ?? '', /^data:image\/svg\+xml;charset=utf-8,[\w.~!*%-]+$/);
      }),
    );
  });

  it('is not there where nothing moved', () => {
    equal(cascadePicture(NOTHING, clock), null);
  });
});
