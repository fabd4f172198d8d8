/**
 * Formats that a line of the file itself tells by naming the columns: `#Fields:` of the W3C's extended log (IIS,
 * CloudFront and many proxies), `#fields` of Zeek, the first line of VPC flow logs with fields of one's own choice.
 */

/** What stands in a column; quoted where it holds blanks. */
const VALUE = '(?:"[^"]*"|[^ \\t]+)';
/** A request is the columns from its method to its path where so many at most stand between. */
const MOST_BETWEEN = 2;
const MOST_COLUMNS = 100;

const FLOW_LOG = /^(?:[a-z][a-z-]*[ \t]+)*(?:srcaddr|pkt-srcaddr)[ \t](?:[a-z][a-z-]*[ \t]+)*[a-z][a-z-]*$/;

/** The pattern of the lines below such a line; null where it is none, or names no time. */
export function patternOfHeader(line: string): string | null {
  const fields = /^#[Ff]ields:?[ \t]+(.*\S)/.exec(line)?.[1] ?? (FLOW_LOG.test(line) ? line : null);
  const names = fields?.split(/[ \t]+/) ?? [];
  if (names.length < 2 || names.length > MOST_COLUMNS) return null;
  const times = timeColumns(names);
  if (!times) return null;
  const message = messageColumns(names);
  const taken = new Set<string>();
  const columns = names.flatMap((name, i) => {
    if (i > times.first && i <= times.last) return [];
    const column = i === times.first ? '(?<time>)' : `(?<${groupName(name, names, taken)}>${VALUE})`;
    return [`${i === message?.first ? '(?<message>' : ''}${column}${i === message?.last ? ')' : ''}`];
  });
  const all = columns.join('[ \\t]+');
  return `^${message ? all : `(?<message>${all})`}(?:[ \\t].*)?$`;
}

interface Columns {
  first: number;
  last: number;
}

/** A date and a time beside each other, or one column of both. */
function timeColumns(names: readonly string[]): Columns | null {
  const date = names.indexOf('date');
  if (date >= 0 && names[date + 1] === 'time') return { first: date, last: date + 1 };
  const first = ['timestamp', 'ts', 'start', 'x-timestamp', 'date-time']
    .map((name) => names.indexOf(name))
    .find((i) => i >= 0);
  return first === undefined ? null : { first, last: first };
}

/** A request, or what flows from where; null where neither is told: then all columns are the message. */
function messageColumns(names: readonly string[]): Columns | null {
  const flow = names.findIndex((name) => name === 'srcaddr' || name === 'pkt-srcaddr');
  if (flow >= 0) return { first: flow, last: names.length - 1 };
  const last = names.findIndex((name) => name === 'cs-uri-stem' || name === 'cs-uri');
  if (last < 0) return null;
  const method = names.indexOf('cs-method');
  return { first: method >= 0 && method < last && last - method <= MOST_BETWEEN + 1 ? method : last, last };
}

/** A column under the name by which its role is known, else under its own, as far as a group can have that. */
function groupName(name: string, names: readonly string[], taken: Set<string>): string {
  // The W3C counts seconds, IIS milliseconds; CloudFront is known by its edges.
  const isSeconds = names.some((other) => other.startsWith('x-edge-'));
  const known: Record<string, string> = {
    'sc-status': 'status',
    'time-taken': isSeconds ? 'duration_s' : 'duration_ms',
    duration: 'duration_s',
    'x-edge-request-id': 'request_id',
    's-sitename': 'service',
  };
  // An account's or interface's id is the same on all lines, and joins nothing.
  const own = known[name] ?? name.replace(/[^A-Za-z0-9]+/g, '_').replace(/^_+|_id$|_+$|\d+$/g, '');
  let group = /^[A-Za-z]/.test(own) && own !== 'message' && own !== 'time' ? own : `column_${own}`;
  while (taken.has(group)) group += '_';
  taken.add(group);
  return group;
}
