/** A lone statistical signal is chance often enough; a second one of another kind, at the same service and time, makes it a warning. */
import type { Finding } from './study.ts';

/** Signals of one kind see the same lines, and bear out nothing. Single calls that are slow are never far. */
const KINDS: Readonly<Record<string, string>> = {
  'error-burst': 'errors',
  'error-rate': 'errors',
  'new-template': 'errors',
  'latency-shift': 'latency',
  'latency-outlier': 'latency',
  timeout: 'latency',
  silence: 'silence',
  'retry-storm': 'retries',
  'circuit-breaker': 'retries',
  'threshold-breach': 'fill',
  'threshold-trend': 'fill',
};

/** Microseconds between the end of one and the begin of the other. */
const NEAR = 30e6;

export function corroborate(findings: readonly Finding[]): Finding[] {
  const signals = new Map<string | null, Finding[]>();
  for (const finding of findings) {
    if (!isSignal(finding)) continue;
    const { service } = finding.entry;
    const alike = signals.get(service);
    if (alike) alike.push(finding);
    else signals.set(service, [finding]);
  }
  return findings.map((finding) => {
    if (!finding.lone || finding.severity !== 'information') return finding;
    const others = signals.get(finding.entry.service) ?? [];
    const isBorneOut = others.some((other) => KINDS[other.rule] !== KINDS[finding.rule] && isNear(finding, other));
    return isBorneOut ? { ...finding, severity: 'warning' } : finding;
  });
}

/** What may bear out another: a warning, or a lone signal. */
function isSignal({ rule, severity, lone, time }: Finding): boolean {
  return (
    time !== null && KINDS[rule] !== undefined && (severity === 'warning' || severity === 'error' || lone === true)
  );
}

function isNear(one: Finding, other: Finding): boolean {
  const [oneFrom, otherFrom] = [one.time ?? 0, other.time ?? 0];
  const [oneTo, otherTo] = [one.until ?? oneFrom, other.until ?? otherFrom];
  return oneFrom - otherTo <= NEAR && otherFrom - oneTo <= NEAR;
}
