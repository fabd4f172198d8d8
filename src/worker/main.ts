/** Entry of the threads: one runs the engine, others index for it. */
import { parentPort, workerData } from 'node:worker_threads';
import { serveEngine } from './engineThread.ts';
import { serveIndexing, transferOf } from './indexThread.ts';
import { INDEXING } from './indexThreadApi.ts';
import { portOf } from './threadPort.ts';

if (!parentPort) throw new Error('this file runs in a worker thread');
if (workerData === INDEXING) serveIndexing(portOf(parentPort, transferOf));
else serveEngine(portOf(parentPort), __filename);
