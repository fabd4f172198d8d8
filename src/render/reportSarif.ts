/** The report's anomalies as SARIF 2.1.0, which code-scanning pages and editors read. */
import type { Anomaly, Report } from '../incident.ts';
import type { Json, Position, Severity } from '../model.ts';
import { type JsonObject, timeJson } from './contract.ts';
import { plainText } from './plain.ts';
import { RULE_TITLES } from './rules.ts';
import { sentence } from './sentence.ts';

const LEVEL: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/** SARIF gives `[text](target)` and `{0}` a meaning in messages, and has no escape for them in plain text. */
function literal(text: string): string {
  return text.replace(/\](?=\()|\{(?=\d)/g, '$&\u200b');
}

export function reportSarif(report: Report, version: string): JsonObject {
  const rules = [...new Set(report.anomalies.map((anomaly) => anomaly.rule))].sort();
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Causeway', semanticVersion: version, rules: rules.map(ruleJson) } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: report.notRun.map(({ rule, reason }) => ({
              level: 'note',
              message: { text: literal(`${rule}: ${sentence(reason)}`) },
            })),
          },
        ],
        results: report.anomalies.map((anomaly) => resultJson(anomaly, rules.indexOf(anomaly.rule))),
      },
    ],
  };
}

function ruleJson(id: string): JsonObject {
  return { id, shortDescription: { text: RULE_TITLES[id] ?? id } };
}

function resultJson(anomaly: Anomaly, ruleIndex: number): JsonObject {
  return {
    ruleId: anomaly.rule,
    ruleIndex,
    level: LEVEL[anomaly.severity],
    message: { text: literal(sentence(anomaly.message)) },
    locations: [locationJson(anomaly)],
    relatedLocations: anomaly.related.map((each) => ({
      ...locationJson(each),
      message: { text: literal(plainText(each.message)) },
    })),
    occurrenceCount: Math.max(1, anomaly.count),
    properties: {
      severity: anomaly.severity,
      service: anomaly.service,
      timestamp: timeJson(anomaly.timestamp),
      traceId: anomaly.traceId,
      consequenceOf: anomaly.consequenceOf,
    },
  };
}

function locationJson({ file, line, column }: Position): { [key: string]: Json } {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column },
    },
  };
}
