/** Lines without an id in services that have them; services that never have any are another matter. */
import { deepEqual } from 'node:assert/strict';
import { findAnomalies } from '../../../../src/engine/anomalies/find.ts';
import { idUseOf } from '../../../../src/engine/anomalies/missingTraceId.ts';
import { sampleFiles } from '../incident/sample.ts';
import { memoryLog } from '../memoryLog.ts';
import { inTrace, story } from '../story.ts';

describe('missing-trace-id', () => {
  it('counts the lines of a service that has ids on others, once a service', async () => {
    const { remarks } = await findAnomalies(
      story([
        [0, 'alpha', 'INFO', 'Hello', inTrace(1)],
        [1, 'alpha', 'INFO', 'Second'],
        [2, 'alpha', 'INFO', 'First'],
        [3, 'alpha', 'INFO', 'First'],
        [4, 'beta', 'INFO', 'Never any'],
        [5, 'gamma', 'INFO', 'Always', inTrace(1)],
      ]),
    );
    deepEqual(
      remarks.map(({ rule, severity, entry, count, message }) => [
        rule,
        severity,
        entry.message,
        count,
        message.args.templates,
      ]),
      [['missing-trace-id', 'hint', 'Second', 3, 2]],
    );
  });

  it('finds those of the sample', async () => {
    const { study } = await findAnomalies(memoryLog(sampleFiles()));
    deepEqual(
      idUseOf(study.survey).map(({ service, without, entries }) => [
        study.log.services[service],
        without,
        without === entries,
      ]),
      [
        ['api-gateway', 0, false],
        ['db-monitor', 8, true],
        ['inventory-service', 7, false],
        ['order-service', 4, false],
        ['payment-service', 3, false],
      ],
    );
  });
});
