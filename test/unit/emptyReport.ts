import type { Report } from '../../src/incident.ts';

/** A report of nothing, but for what is given. */
export function reportOf(over: Partial<Report> = {}): Report {
  return {
    files: [],
    skipped: [],
    entries: 0,
    timeRange: { from: null, to: null },
    services: [],
    anomalies: [],
    incidents: [],
    cascade: { nodes: [], edges: [] },
    rootCauses: [],
    verdict: 'insufficient-evidence',
    alerts: [],
    advice: [],
    missing: [],
    stuck: [],
    oddities: [],
    notRun: [],
    muted: [],
    ...over,
  };
}
