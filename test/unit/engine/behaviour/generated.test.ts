/** Causes of incidents by chance: any services, any calls, any of several faults. */
import { deepEqual, equal } from 'node:assert/strict';
import { analyse } from '../../../../src/engine/incident/analyse.ts';
import type { Report } from '../../../../src/incident.ts';
import { openMemoryLog } from '../openMemoryLog.ts';
import { FAULTS, type Fault, generatedIncident } from './generatedIncident.ts';

const SEEDS = [1, 2, 3];

async function analysed(seed: number, fault: Fault | null): Promise<{ cause: string; report: Report }> {
  const { files, cause, window } = generatedIncident(seed, fault);
  const { log } = await openMemoryLog(files);
  return { cause, report: await analyse(log, fault === null ? undefined : window) };
}

describe('the first cause of an incident by chance', function () {
  this.timeout(60_000);
  for (const seed of SEEDS) {
    for (const fault of FAULTS) {
      it(`is the service with the fault (${fault}, seed ${seed})`, async () => {
        const { cause, report } = await analysed(seed, fault);
        equal(report.rootCauses[0]?.name, cause);
      });
    }

    it(`is none where all is well (seed ${seed})`, async () => {
      const { report } = await analysed(seed, null);
      deepEqual(report.rootCauses, []);
      deepEqual(
        report.anomalies.filter(({ severity }) => severity === 'error' || severity === 'warning'),
        [],
      );
    });
  }
});
