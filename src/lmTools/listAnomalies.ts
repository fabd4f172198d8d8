/** What the rules flag, the gravest first. */
import type { Anomaly } from '../incident.ts';
import { formatCount, formatNumber } from '../render/number.ts';
import { plainText } from '../render/plain.ts';
import { sentence } from '../render/sentence.ts';
import { formatTime } from '../render/time.ts';
import { place, severityWords } from '../render/words.ts';
import type { Answer } from './answer.ts';
import type { Asking } from './asking.ts';
import { SEVERITIES, type ToolInput } from './table.ts';

const USUAL = 30;
const MOST_NAMES = 20;

export async function listAnomalies(
  { severity = 'hint', service, limit = USUAL }: ToolInput<'causeway_listAnomalies'>,
  { log, zone }: Asking,
): Promise<Answer> {
  const { anomalies, oddities, notRun, muted, services } = await log.report();
  const least = gravity(severity);
  const found = anomalies
    .filter((each) => gravity(each.severity) <= least && (service === undefined || each.service === service))
    .sort((a, b) => gravity(a.severity) - gravity(b.severity) || (a.timestamp ?? 0) - (b.timestamp ?? 0));
  const shown = found.slice(0, limit);
  const isUnknown = service !== undefined && !services.some(({ name }) => name === service);
  const silenced = muted.reduce((sum, mute) => sum + mute.anomalies, 0);
  return {
    about: [
      found.length === 0
        ? `No anomaly of this severity or graver${service === undefined ? '' : ' in this service'}, of ${formatNumber(anomalies.length)} in all.`
        : `${formatCount(found.length, ['anomaly', 'anomalies'])} (${severityWords(found)})${shown.length < found.length ? `, the first ${formatNumber(shown.length)}` : ''}, the gravest first, then in order of time. None of them proves a cause.`,
      ...(isUnknown ? ['The log has no service of this name; those it has follow.'] : []),
      ...(oddities.length > 0
        ? [
            `${formatCount(oddities.length, ['time oddity is', 'time oddities are'])} not listed: services whose times miss the rest of their trace.`,
          ]
        : []),
      ...(silenced > 0 ? [`${formatCount(silenced, ['anomaly is', 'anomalies are'])} muted by settings.`] : []),
      ...(notRun.length > 0
        ? [`Rules that could not judge this log: ${notRun.map(({ rule }) => rule).join(', ')}.`]
        : []),
    ],
    lines: isUnknown ? [namesText(services)] : shown.map((anomaly) => anomalyText(anomaly, zone)),
    narrower: 'Ask for fewer, for a graver severity or for one service.',
  };
}

const gravity = (severity: Anomaly['severity']): number => SEVERITIES.indexOf(severity);

function namesText(services: readonly { name: string }[]): string {
  const names = services.slice(0, MOST_NAMES).map(({ name }) => plainText(name));
  const more = services.length - names.length;
  return `Services: ${names.join(', ')}${more > 0 ? `, ${formatNumber(more)} more` : ''}`;
}

function anomalyText(anomaly: Anomaly, zone: string): string {
  const { severity, rule, service, timestamp, message, traceId, count, consequenceOf } = anomaly;
  return [
    `${severity} ${rule}`,
    formatTime(timestamp, zone),
    `[${plainText(service ?? '')}]`,
    sentence(message),
    `(${place(anomaly)})`,
    ...(count > 1 ? [`stands for ${formatCount(count, ['entry', 'entries'])}`] : []),
    ...(consequenceOf === null ? [] : [`an effect of ${plainText(consequenceOf)}`]),
    ...(traceId === null ? [] : [`trace ${plainText(traceId)}`]),
  ].join(' ');
}
