import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { mainChain } from '../../../src/render/cascadeChain.ts';
import { COLOURS, NO_PAINT } from '../../../src/render/paint.ts';
import { reportMarkdown } from '../../../src/render/reportMarkdown.ts';
import { reportSarif } from '../../../src/render/reportSarif.ts';
import { reportText } from '../../../src/render/reportText.ts';
import { NOTHING, REPORT } from './reportSample.ts';

const TEXT = { paint: NO_PAINT, width: 100, zone: 'UTC' };

/** The lines of a section, without its heading. */
function section(text: string, name: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(name));
  ok(start !== -1, `there is a section ${name}`);
  const end = lines.findIndex((line, index) => index > start && /^[A-Z]/.test(line));
  return lines.slice(start + 1, end === -1 ? undefined : end);
}

describe('the report as text', () => {
  const text = reportText(REPORT, 'logs/shop', TEXT);

  it('begins with what was read and ends with a line break', () => {
    const [head, range] = text.split('\n');
    equal(head, 'logs/shop  31 entries in 3 services from 3 files');
    equal(range, '2023-08-15 10:15:03.231Z to 2023-08-15 13:05:12.000Z, 2 h 50 min');
    ok(text.endsWith('\n') && !text.endsWith('\n\n'));
  });

  it('counts what is in the range, of what was read', () => {
    const [head] = reportText({ ...REPORT, entries: 4 }, 'logs/shop', TEXT).split('\n');
    equal(head, 'logs/shop  4 of 31 entries in 3 services from 3 files');
  });

  it('shows services in columns', () => {
    const [head, shop] = section(text, 'SERVICES');
    match(head ?? '', /^ +entries {2}errors {2}fatal {2}first +last +first anomaly$/);
    match(shop ?? '', /^ {2}shop +18 +6 +1 {2}10:30:14 {2}13:00:56 {2}11:17:43$/);
  });

  it('groups anomalies by rule, with their place, count and cause', () => {
    const lines = section(text, 'ANOMALIES');
    match(text, /^ANOMALIES {2}1 error, 1 warning, 2 information, 1 hint$/m);
    match(
      lines.join('\n'),
      /^ {2}timeout\n {4}▲ 12:01:58 {2}shop\.jsonl:12 +timeout: Database query timeout \(23 entries\)$/m,
    );
    match(lines.join('\n'), /• 11:17:43 {2}door\.jsonl:5 .*; follows shop$/m);
  });

  it('draws the cascade from cause to affected, and the chain that sums it up', () => {
    const lines = section(text, 'CASCADE');
    equal(lines[0], '  shop db ──▶ shop ╌╌▶ door');
    const nodes = lines.filter((line) => /^ {2}[◆◇]/.test(line)).map((line) => line.slice(4, 30).trim());
    deepEqual(nodes.slice(0, 2), ['11:17:41.321  shop db  res', '11:17:43.129  shop']);
    ok(lines.includes('  ├──▶ shop  1.81 s later, order by timestamp; named as peer, 9 lines, 1 against'));
    ok(lines.includes('  │      shop.jsonl:12  shop.jsonl:18'), 'an edge names its lines');
    ok(lines.some((line) => line.endsWith('onset inferred')));
  });

  it('ranks the causes with their evidence', () => {
    const lines = section(text, 'ROOT CAUSES');
    match(lines[0] ?? '', /^ {2}1 {2}█{12}░{8} {2}62 % {2}shop db {2}resource, as told by shop$/);
    equal(lines[2], '     shop.jsonl:18  13:00:56  Database connection pool exhausted');
  });

  it('says what it did not read, assumed and could not run', () => {
    const notes = section(text, 'NOTES').join('\n');
    match(notes, /shop\.jsonl: 2 lines not recognised/);
    match(notes, /shop\.jsonl: zone UTC and year 2023 assumed/);
    match(notes, /photo\.log skipped: no line/);
    match(notes, /error-burst: /);
  });

  it('lets nothing of a log reach the terminal but its text', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not be there.
    equal(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/.test(text), false);
    equal(
      text.split('\n').some((line) => line.startsWith('FORGED')),
      false,
    );
  });

  it('keeps to the width, names and places aside', () => {
    const narrow = reportText(REPORT, 'logs/shop', { ...TEXT, width: 80 });
    const wide = narrow.split('\n').filter((line) => [...line].length > 80);
    deepEqual(wide, []);
  });

  it('colours without changing a character', () => {
    const coloured = reportText(REPORT, 'logs/shop', { ...TEXT, paint: COLOURS });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away.
    equal(coloured.replace(/\u001b\[[\d;]*m/g, ''), text);
    ok(coloured !== text);
  });

  it('gives the date where the log is of more than one day', () => {
    const days = { ...REPORT, timeRange: { from: (REPORT.timeRange.from ?? 0) - 86_400e6, to: REPORT.timeRange.to } };
    match(reportText(days, 'x', TEXT), /▲ 2023-08-15 12:01:58/);
  });

  it('says so where there is nothing', () => {
    const empty = reportText(NOTHING, 'quiet.log', TEXT);
    match(empty, /^quiet\.log {2}0 entries in 0 services from 1 file\nno times\n/);
    match(empty, /^ANOMALIES {2}none$/m);
    match(empty, /^ROOT CAUSES {2}none named: no rule found anything$/m);
  });

  it('names no cause where the evidence is thin', () => {
    const thin = { ...REPORT, rootCauses: [], verdict: 'insufficient-evidence' as const };
    match(reportText(thin, 'x', TEXT), /^ROOT CAUSES {2}none named: insufficient evidence/m);
  });

  it('counts what it leaves out', () => {
    const many = {
      ...REPORT,
      anomalies: Array.from({ length: 100 }, () => REPORT.anomalies[1] ?? REPORT.anomalies[0]),
    };
    match(reportText(many as typeof REPORT, 'x', TEXT), /and 92 more; --format json lists all/);
  });
});

describe('the main chain', () => {
  it('ends where evidence runs in a circle', () => {
    const [edge] = REPORT.cascade.edges;
    ok(edge);
    const circle = { ...REPORT.cascade, edges: [...REPORT.cascade.edges, { ...edge, from: 'door', to: 'shop db' }] };
    ok(mainChain({ ...REPORT, cascade: circle }).length > 0);
  });
});

describe('the report as Markdown', () => {
  const text = reportMarkdown(REPORT, 'logs/[shop]', 'UTC');

  it('lets no log text become markup', () => {
    const outsideCode = text.replace(/(`+)(?!`).+?(?<!`)\1(?!`)/g, '');
    equal(/(?<!\\)<img/.test(outsideCode), false);
    equal(/(?<!\\)\]\(/.test(outsideCode), false);
    equal(
      text.split('\n').some((line) => line.startsWith('FORGED')),
      false,
    );
    ok(text.startsWith('# logs/\\[shop\\]\n'));
  });

  it('counts what is in the range, of what was read', () => {
    match(text, /\n\n31 entries in 3 services from 3 files, /);
    match(reportMarkdown({ ...REPORT, entries: 1 }, 'x', 'UTC'), /\n\n1 of 31 entries in 3 services from 3 files, /);
  });

  it('keeps every table in its columns', () => {
    for (const table of text.split('\n\n').filter((block) => block.startsWith('|'))) {
      const widths = table.split('\n').map((row) => row.replace(/\\\\/g, '').split(/(?<!\\)\|/).length);
      equal(new Set(widths).size, 1, table);
    }
  });

  it('has causes first, with their evidence', () => {
    match(
      text,
      /## Root causes\n\nRanked by evidence, not proven\.\n\n1\. \*\*shop db\*\*, resource, as told by shop, 62 % of/,
    );
    match(text, /\n {3}- `shop\.jsonl:18` 13:00:56\.789 `Database connection pool exhausted`\n/);
  });

  it('says so where there is nothing', () => {
    match(reportMarkdown(NOTHING, 'quiet', 'UTC'), /## Root causes\n\nInsufficient evidence: no cause is named\.\n/);
  });
});

describe('the report as SARIF', () => {
  type Sarif = {
    version: string;
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: {
        ruleId: string;
        ruleIndex: number;
        level: string;
        message: { text: string };
        locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[];
      }[];
    }[];
  };
  const sarif = reportSarif(REPORT, '1.2.3') as unknown as Sarif;
  const [run] = sarif.runs;
  ok(run);

  it('has a result for every anomaly, at its place', () => {
    equal(sarif.version, '2.1.0');
    deepEqual(
      run.results.map(({ ruleId, level }) => `${ruleId} ${level}`),
      ['fatal error', 'timeout warning', 'timeout note', 'timeout note', 'time-oddity note'],
    );
    deepEqual(run.results[0]?.locations, [
      { physicalLocation: { artifactLocation: { uri: 'shop.jsonl' }, region: { startLine: 18, startColumn: 1 } } },
    ]);
  });

  it('numbers its rules', () => {
    for (const result of run.results) equal(run.tool.driver.rules[result.ruleIndex]?.id, result.ruleId);
  });

  it('writes file names as URIs, and lets no log text become a link or a placeholder', () => {
    equal(run.results[2]?.locations[0]?.physicalLocation.artifactLocation.uri, 'evil%7Cname.jsonl');
    for (const { message } of run.results) equal(/\]\(|\{\d/.test(message.text), false, message.text);
  });
});
