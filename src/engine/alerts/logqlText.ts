/** A derived rule in LogQL, to be taken over into Loki. Loki's own label for a service is `service_name`. */
import { durationText } from '../../base/durationText.ts';
import type { AlertRule, Measure, Selector, Value, ValueTest } from './rule.ts';

export function ruleText({ measure, op, threshold, perService }: AlertRule): string {
  return `${measureText(measure, perService)} ${op} ${threshold}`;
}

function measureText(measure: Measure, perService: boolean): string {
  switch (measure.kind) {
    case 'number':
      return String(measure.value);
    case 'binary':
      return `${measureText(measure.left, perService)} ${measure.op} ${measureText(measure.right, perService)}`;
    case 'count': {
      const name = measure.perSecond ? 'rate' : 'count_over_time';
      return summed(`${name}(${entriesText(measure.of)} [${durationText(measure.rangeMs)}])`, perService);
    }
    case 'absent':
      return `absent_over_time(${entriesText(measure.of)} [${durationText(measure.rangeMs)}])`;
    case 'quantile': {
      const values = `${entriesText(measure.of)} | json | unwrap ${valueText(measure.value)} [${durationText(measure.rangeMs)}]`;
      return `quantile_over_time(${measure.q}, ${values})${perService ? ' by (service_name)' : ''}`;
    }
    default:
      return gaugeText(measure, perService);
  }
}

/** A share is two values, each unwrapped by itself. */
function gaugeText({ of, over, rangeMs, value }: Extract<Measure, { kind: 'gauge' }>, perService: boolean): string {
  const by = perService ? ' by (service_name)' : '';
  const one = (unwrapped: string): string =>
    `${over}_over_time(${entriesText(of)} | json | unwrap ${unwrapped} [${durationText(rangeMs)}])${by}`;
  if (value.kind !== 'share') return one(valueText(value));
  return `${one(labelOf(value.valueKey))} / ${one(labelOf(value.limitKey))}`;
}

function summed(text: string, perService: boolean): string {
  return perService ? `sum by (service_name) (${text})` : `sum(${text})`;
}

function valueText(value: Value): string {
  if (value.kind === 'duration') return 'duration_ms';
  return labelOf(value.kind === 'field' ? (value.keys[0] ?? '') : value.valueKey);
}

/** As Loki's json parser names what is nested. */
function labelOf(key: string): string {
  return key.replaceAll(/[^\w]/g, '_');
}

/** Loki finds the level of a line by itself. */
function entriesText({ services, levels, text }: Selector): string {
  const stream = services.length > 0 ? services.map((test) => matcher('service_name', test)) : ['service_name=~".+"'];
  const filters = text.map(
    ({ op, value }) => `${{ '=': '|=', '!=': '!=', '=~': '|~', '!~': '!~' }[op as '=']} ${quoted(value)}`,
  );
  const level = levels === null ? [] : [`| detected_level=~${quoted(levels.join('|'))}`];
  return [`{${stream.join(', ')}}`, ...filters, ...level].join(' ');
}

function matcher(label: string, { op, value }: ValueTest): string {
  return `${label}${op}${quoted(value)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
