/** The report as the documented JSON contract `causeway-report/1` (docs/report.schema.json). */
import type { Anomaly, CascadeEdge, CascadeNode, Report, RootCause } from '../incident.ts';
import type { Json, ServiceSummary } from '../model.ts';
import { adviceJson } from './advice.ts';
import { alertJson } from './alerts.ts';
import { evidenceJson, type JsonObject, locationJson, timeJson } from './contract.ts';
import { missingJson, stuckJson } from './reportFlow.ts';
import { sentence } from './sentence.ts';

export function reportJson(report: Report): JsonObject {
  return {
    schema: 'causeway-report/1',
    files: report.files.map(({ path, format, entries, unrecognisedLines, assumed }) => ({
      path,
      format,
      entries,
      unrecognisedLines,
      assumed: { zone: assumed.zone, year: assumed.year },
    })),
    skipped: report.skipped.map(({ path, reason }) => ({ path, reason })),
    entries: report.entries,
    timeRange: { from: timeJson(report.timeRange.from), to: timeJson(report.timeRange.to) },
    services: report.services.map(serviceJson),
    anomalies: report.anomalies.map(anomalyJson),
    incidents: report.incidents.map(({ from, to, anomalies, services }) => ({
      from: timeJson(from),
      to: timeJson(to),
      anomalies,
      services,
    })),
    cascade: { nodes: report.cascade.nodes.map(nodeJson), edges: report.cascade.edges.map(edgeJson) },
    verdict: report.verdict,
    rootCauses: report.rootCauses.map(rootCauseJson),
    alerts: report.alerts.map(alertJson),
    advice: report.advice.map(adviceJson),
    oddities: report.oddities.map(anomalyJson),
    missing: report.missing.map(missingJson),
    stuck: report.stuck.map(stuckJson),
    notRun: report.notRun.map(({ rule, reason }) => ({ rule, reason: sentence(reason) })),
    muted: report.muted.map(({ rule, template, anomalies }) => ({ rule, template, anomalies })),
  };
}

function serviceJson(service: ServiceSummary): JsonObject {
  return {
    name: service.name,
    entries: service.entries,
    errors: service.errors,
    fatals: service.fatals,
    firstSeen: timeJson(service.firstSeen),
    lastSeen: timeJson(service.lastSeen),
    firstAnomaly: timeJson(service.firstAnomaly),
  };
}

function anomalyJson(anomaly: Anomaly): JsonObject {
  return {
    rule: anomaly.rule,
    severity: anomaly.severity,
    service: anomaly.service,
    ...locationJson(anomaly),
    timestamp: timeJson(anomaly.timestamp),
    message: sentence(anomaly.message),
    count: anomaly.count,
    traceId: anomaly.traceId,
    consequenceOf: anomaly.consequenceOf,
    related: anomaly.related.map((each) => ({ ...locationJson(each), message: each.message, why: each.why })),
  };
}

function nodeJson(node: CascadeNode): JsonObject {
  return {
    name: node.name,
    kind: node.kind,
    onset: timeJson(node.onset),
    onsetCertainty: node.onsetCertainty,
    evidence: node.evidence.map(evidenceJson),
  };
}

function edgeJson(edge: CascadeEdge): JsonObject {
  const { from, to, confidence, order, lagMs } = edge;
  return {
    from,
    to,
    confidence,
    order,
    lagMs,
    support: linesJson(edge.support),
    counterexamples: linesJson(edge.counterexamples),
  };
}

function linesJson({ count, examples }: CascadeEdge['support']): Json {
  return { count, examples: examples.map(evidenceJson) };
}

function rootCauseJson(cause: RootCause): JsonObject {
  return {
    name: cause.name,
    kind: cause.kind,
    service: cause.service,
    score: cause.score,
    why: cause.why.map(sentence).join('; '),
    evidence: cause.evidence.map(evidenceJson),
  };
}
