/** What the labels of a rule mean in a log: a service, a level, or a field by one of its usual names. */
import type { Message } from '../../incident.ts';
import { LEVELS, type Level } from '../../model.ts';
import { stem, wordsOf } from '../anomalies/words.ts';
import type { Log } from '../index/log.ts';
import { Unsupported } from './expression.ts';
import type { Selector, ValueTest } from './rule.ts';
import { holdsOf } from './select.ts';

const SERVICE_LABELS = new Set(
  'service service_name app application app_name component container container_name deployment workload job kubernetes_name'.split(
    ' ',
  ),
);
/** Where something runs: one log is of one such place, so these narrow nothing that it could tell. */
const PLACE_LABELS = new Set(
  'instance namespace kubernetes_namespace kube_namespace cluster env environment region zone node host pod le datacenter stage'.split(
    ' ',
  ),
);
const LEVEL_LABELS = new Set(['level', 'severity', 'detected_level', 'lvl']);
const LEVEL_WORDS: Readonly<Record<Level, readonly string[]>> = {
  trace: ['trace'],
  debug: ['debug'],
  info: ['info', 'information'],
  warn: ['warn', 'warning'],
  error: ['error', 'err'],
  fatal: ['fatal', 'critical', 'crit', 'panic', 'emergency'],
};
/** Labels that are called differently from exporter to exporter. */
const ALIKE: readonly (readonly string[])[] = [
  ['code', 'status', 'status_code', 'statuscode', 'http_status', 'http_status_code', 'response_code', 'sc_status'],
  ['handler', 'path', 'route', 'uri', 'url', 'endpoint', 'http_route', 'target', 'request_uri', 'request_path'],
  ['method', 'verb', 'http_method', 'request_method'],
];

export class Labels {
  /** What was taken to mean something else than it says, or nothing. */
  readonly meaning: Message[] = [];
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Throws Unsupported for a label that the log has nothing for. */
  narrow(selector: Selector, label: string, test: ValueTest, isStream: boolean): Selector {
    // `{app=~".+"}`: Loki wants a selector where all are meant.
    if (test.op === '=~' && /^\.[+*]$/.test(test.value)) return selector;
    const name = label.toLowerCase();
    if (SERVICE_LABELS.has(name)) return { ...selector, services: [...selector.services, this.service(label, test)] };
    if (LEVEL_LABELS.has(name)) return { ...selector, levels: levelsOf(test, selector.levels) };
    const keys = this.keysOf(label);
    if (keys.length > 0) {
      this.#noteKeys(label, keys);
      return { ...selector, fields: [...selector.fields, { ...test, keys }] };
    }
    if (!PLACE_LABELS.has(name) && !isStream) throw new Unsupported('alert.no-field', { label });
    this.meaning.push({ key: 'alert.label-ignored', args: { label } });
    return selector;
  }

  /** A service of that name, else those whose name holds it as a word: `shop` is `shop-service`. */
  service(label: string, test: ValueTest): ValueTest {
    const holds = holdsOf(test);
    if (test.op.startsWith('!') || this.#log.services.some(holds)) return test;
    const loose = looseTest(test);
    const found = this.#log.services.filter((name) => loose(name));
    if (found.length === 0) throw new Unsupported('alert.no-service', { name: test.value });
    this.meaning.push({
      key: 'alert.means-services',
      args: { label: `${label}${test.op}${test.value}`, services: found.join(', ') },
    });
    return anyOf(found);
  }

  /** The log's own keys for a label; those of equal name come before those that are alike. */
  keysOf(label: string): string[] {
    const all = new Set(this.#log.layouts.flat());
    const wanted = label.toLowerCase();
    const own = [...all].filter((key) => isNamed(key, wanted));
    if (own.length > 0) return own;
    const alike = ALIKE.find((names) => names.includes(wanted)) ?? [];
    return [...all].filter((key) => alike.some((name) => isNamed(key, name)));
  }

  #noteKeys(label: string, keys: readonly string[]): void {
    if (keys.length === 1 && keys[0] === label) return;
    this.meaning.push({ key: 'alert.means-fields', args: { label, keys: keys.join(', ') } });
  }
}

export function anyOf(services: readonly string[]): ValueTest {
  return services.length === 1
    ? { op: '=', value: services[0] }
    : { op: '=~', value: services.map((name) => name.replaceAll(/[^\w-]/g, (char) => `\\${char}`)).join('|') };
}

/** `code` is also `http.status.code` and `statusCode`'s `status_code`. */
function isNamed(key: string, label: string): boolean {
  const plain = key.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const [one, other] = [plain.replaceAll(/[.-]/g, '_'), label.replaceAll(/[.-]/g, '_')];
  return one === other || one.endsWith(`_${other}`) || plain.endsWith(`.${label}`);
}

function looseTest({ op, value }: ValueTest): (service: string) => boolean {
  const names = op === '=~' ? value.split('|') : [value];
  const wanted = names.map((name) => wordsOf(name.replaceAll(/[.*+?^$()[\]{}\\]/g, ' ')).map(stem));
  return (service) => {
    const own = wordsOf(service).map(stem);
    return wanted.some((words) => words.length > 0 && words.every((word) => own.includes(word)));
  };
}

function levelsOf(test: ValueTest, given: readonly Level[] | null): Level[] {
  const holds = holdsOf(test);
  const said = (level: Level): boolean => {
    const words = LEVEL_WORDS[level].flatMap((word) => [
      word,
      word.toUpperCase(),
      word[0].toUpperCase() + word.slice(1),
    ]);
    return test.op.startsWith('!') ? words.every(holds) : words.some(holds);
  };
  return LEVELS.filter((level) => (given === null || given.includes(level)) && said(level));
}
