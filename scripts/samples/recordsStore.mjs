/**
 * `node scripts/samples/recordsStore.mjs [FOLDER]`: writes the sample of a records store under `docker compose`, whose
 * database is stopped half-way, by default to samples/records-store. The architecture, the names of containers, the
 * pattern of correlation ids and the breakdown of latencies are those of an observability guide, and so is the exercise
 * of stopping the database; every line is made up.
 */
import { chance, logFiles, writeIfCalled } from './chance.mjs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const at = (/** @type {string} */ time) => Date.parse(`2025-11-12T${time}Z`);

const START = at('10:00:00');
const END = at('10:50:00');
/** `docker stop kodekloud-record-store-db`. */
const STOPPED = at('10:25:12');

const FILE = 'docker-compose.log';
const CONTAINER = 'kodekloud-record-store-';
const WIDTH = `${CONTAINER}rabbitmq`.length;
const ALBUMS = ['Kind of Blue', 'Blue Train', 'Abbey Road', 'Rumours', 'Nevermind', 'Homogenic'];

/** @returns {Map<string, string>} The text of each file by its name. */
export function recordsStoreFiles() {
  const { between, hex, uuid, one } = chance(20251112);
  const files = logFiles();
  /** @type {object[]} */
  const traces = [];
  const iso = (/** @type {number} */ time) => new Date(time).toISOString();
  const spaced = (/** @type {number} */ time, point = '.') =>
    iso(time).replace('T', ' ').replace('Z', '').replace('.', point);

  /** One line as `docker compose logs` shows it, behind the name of its container. */
  const put = (/** @type {string} */ name, /** @type {number} */ time, /** @type {string} */ text) =>
    files.add(FILE, time, `${`${CONTAINER}${name}`.padEnd(WIDTH)}  | ${text}`);
  const gateway = (
    /** @type {number} */ time,
    /** @type {string} */ request,
    /** @type {number} */ status,
    /** @type {number} */ ms,
    /** @type {string} */ correlation_id,
  ) =>
    put(
      'gateway',
      time,
      JSON.stringify({
        time: iso(time),
        remote_addr: `172.18.0.${between(20, 60)}`,
        request,
        status,
        body_bytes_sent: between(120, 900),
        request_time: ms / 1000,
        upstream: 'kodekloud-record-store-api:8000',
        correlation_id,
      }),
    );
  const api = (
    /** @type {number} */ time,
    /** @type {string} */ level,
    /** @type {string} */ event,
    /** @type {object} */ fields,
  ) => put('api', time, JSON.stringify({ timestamp: iso(time), level, logger: 'store.api', event, ...fields }));
  const worker = (
    /** @type {number} */ time,
    /** @type {string} */ level,
    /** @type {string} */ text,
    process = `ForkPoolWorker-${between(1, 2)}`,
  ) => put('worker', time, `[${spaced(time, ',')}: ${level}/${process}] ${text}`);
  const database = (/** @type {number} */ time, /** @type {string} */ level, /** @type {string} */ text, pid = 1) =>
    put('db', time, `${spaced(time)} UTC [${pid}] ${level}:  ${text}`);
  const rabbit = (/** @type {number} */ time, /** @type {string} */ level, /** @type {string} */ text) =>
    put('rabbitmq', time, `${spaced(time)}000+00:00 [${level}] <0.${between(600, 990)}.0> ${text}`);

  const refused =
    'connection to server at "kodekloud-record-store-db" (172.18.0.3), port 5432 failed: Connection refused';

  function browse(/** @type {number} */ time) {
    const correlation_id = uuid();
    const isUp = time < STOPPED;
    const ms = isUp ? between(38, 66) : between(6, 14);
    const fields = { correlation_id, method: 'GET', path: '/products', peer: 'kodekloud-record-store-db' };
    if (isUp) api(time + ms - 4, 'info', 'Products listed', { ...fields, status_code: 200, duration_ms: ms - 6 });
    else api(time + ms - 4, 'error', `Could not list products: ${refused}`, { ...fields, status_code: 500 });
    gateway(time + ms, 'GET /products HTTP/1.1', isUp ? 200 : 500, ms, correlation_id);
  }

  let orderNumber = 7100;
  function checkout(/** @type {number} */ time) {
    const correlation_id = uuid();
    const order_id = `R-${++orderNumber}`;
    const album = one(ALBUMS);
    const trace_id = hex(32);
    const fields = { correlation_id, trace_id, order_id, customer_id: `u${between(100, 340)}` };
    const price = between(900, 3900) / 100;
    api(time + 4, 'info', 'Purchase initiated', { ...fields, album, quantity: 1, price, currency: 'USD' });
    if (time >= STOPPED) {
      const ms = between(9, 24);
      const peer = 'kodekloud-record-store-db';
      api(time + ms, 'error', `Checkout failed: ${refused}`, { ...fields, peer, status_code: 500, duration_ms: ms });
      gateway(time + ms + 3, 'POST /checkout HTTP/1.1', 500, ms + 3, correlation_id);
      traces.push(
        journey({
          hex,
          trace_id,
          correlation_id,
          time,
          validation: ms - 6,
          insert: 0,
          queue: 0,
          total: ms,
          failed: true,
        }),
      );
      return;
    }
    const [validation, insert, queue] = [between(15, 26), between(24, 38), between(7, 14)];
    const total = validation + insert + queue + between(110, 160);
    let now = time + 6 + validation;
    api(now, 'info', 'Product validated', { ...fields, duration_ms: validation });
    now += insert;
    api(now, 'info', 'Order stored', { ...fields, duration_ms: insert, peer: 'kodekloud-record-store-db' });
    now += queue;
    const task = uuid();
    api(now, 'info', 'Order job queued', { ...fields, task_id: task, queue: 'orders' });
    api(time + total, 'info', 'Checkout answered', { ...fields, status_code: 202, duration_ms: total });
    gateway(time + total + 3, 'POST /checkout HTTP/1.1', 202, total + 3, correlation_id);
    background(now + between(12, 60), task, fields, trace_id, { time, validation, insert, queue, total });
  }

  /** Order processing of some three seconds, then the letter of some two. */
  function background(
    /** @type {number} */ time,
    /** @type {string} */ task,
    /** @type {{ correlation_id: string, order_id: string }} */ { correlation_id, order_id },
    /** @type {string} */ trace_id,
    /** @type {{ time: number, validation: number, insert: number, queue: number, total: number }} */ call,
  ) {
    const name = `store.tasks.process_order[${task}]`;
    const process = `ForkPoolWorker-${between(1, 2)}`;
    const said = `correlation_id=${correlation_id} order_id=${order_id}`;
    worker(time, 'INFO', `Task ${name} received`, 'MainProcess');
    worker(time + 8, 'INFO', `${name}: Processing order ${said}`, process);
    const [processing, letter, cleanup] = [between(2700, 3300), between(1800, 2200), between(80, 120)];
    const stored = time + processing;
    if (stored >= STOPPED) {
      worker(stored, 'WARNING', `${name}: retry in 10s: OperationalError('${refused}') ${said}`, process);
      worker(
        stored + 10 * SECOND,
        'ERROR',
        `Task ${name} raised unexpected: OperationalError('${refused}') ${said}`,
        process,
      );
      return;
    }
    worker(stored, 'INFO', `${name}: Order processed ${said}`, process);
    worker(stored + letter, 'INFO', `${name}: Confirmation sent ${said}`, process);
    const seconds = ((processing + letter + cleanup) / SECOND).toFixed(3);
    worker(stored + letter + cleanup, 'INFO', `Task ${name} succeeded in ${seconds}s: 'done'`, process);
    traces.push(
      journey({ hex, trace_id, correlation_id, ...call, failed: false, work: { time, processing, letter, cleanup } }),
    );
  }

  for (let time = START + 900; time < END; time += between(2, 9) * SECOND + between(0, 999)) browse(time);
  for (let time = START + 2400; time < END; time += between(8, 24) * SECOND + between(0, 999)) checkout(time);
  for (let time = START; time < END; time += 5 * MINUTE) {
    if (time < STOPPED) database(time + between(0, 900), 'LOG', 'checkpoint starting: time', 27);
    rabbit(
      time + between(0, 900),
      'info',
      'connection <0.684.0> (172.18.0.6:41212 -> 172.18.0.4:5672): user guest authenticated',
    );
  }
  database(STOPPED, 'LOG', 'received fast shutdown request');
  database(STOPPED + 4, 'LOG', 'aborting any active transactions');
  database(STOPPED + 9, 'FATAL', 'terminating connection due to administrator command', 71);
  database(STOPPED + 61, 'LOG', 'shutting down', 27);
  database(STOPPED + 140, 'LOG', 'database system is shut down');
  for (let time = START + 20 * SECOND; time < END; time += 30 * SECOND) {
    api(time + between(0, 300), 'info', 'Health check', { path: '/health', status_code: 200 });
  }
  const texts = files.texts();
  texts.set('journeys.jaeger.json', `${JSON.stringify({ data: traces }, null, 1)}\n`);
  return texts;
}

/**
 * A purchase from the browser to the letter, as Jaeger's API gives it; times in microseconds.
 *
 * @param {{ hex: (digits: number) => string, trace_id: string, correlation_id: string, time: number,
 *   validation: number, insert: number, queue: number, total: number, failed: boolean,
 *   work?: { time: number, processing: number, letter: number, cleanup: number } }} journey
 */
function journey({ hex, trace_id, correlation_id, time, validation, insert, queue, total, failed, work }) {
  /** @type {object[]} */
  const spans = [];
  const add = (
    /** @type {string | null} */ parent,
    /** @type {string} */ processID,
    /** @type {string} */ operationName,
    /** @type {number} */ from,
    /** @type {number} */ ms,
    /** @type {object[]} */ tags = [],
  ) => {
    const spanID = hex(16);
    spans.push({
      traceID: trace_id,
      spanID,
      operationName,
      references: parent === null ? [] : [{ refType: 'CHILD_OF', traceID: trace_id, spanID: parent }],
      startTime: from * 1000,
      duration: Math.max(1, ms) * 1000,
      tags: [{ key: 'correlation_id', type: 'string', value: correlation_id }, ...tags],
      logs: [],
      processID,
    });
    return spanID;
  };
  const error = failed ? [{ key: 'error', type: 'bool', value: true }] : [];
  const db = [
    { key: 'db.system', type: 'string', value: 'postgresql' },
    { key: 'peer.service', type: 'string', value: 'kodekloud-record-store-db' },
  ];
  const root = add(null, 'p1', 'checkout_order', time, total, error);
  if (failed) add(root, 'p1', 'connect', time + 5, validation, [...db, ...error]);
  else {
    add(root, 'p1', 'validate_product', time + 6, validation, db);
    add(root, 'p1', 'INSERT orders', time + 6 + validation, insert, db);
    add(root, 'p1', 'queue_job', time + 6 + validation + insert, queue);
  }
  if (work) {
    const { processing, letter, cleanup } = work;
    const task = add(root, 'p2', 'process_order_task', work.time, processing + letter + cleanup);
    add(task, 'p2', 'process_order', work.time + 8, processing - 8);
    add(task, 'p2', 'send_email', work.time + processing, letter);
    add(task, 'p2', 'cleanup', work.time + processing + letter, cleanup);
  }
  const processes = {
    p1: { serviceName: 'kodekloud-record-store-api', tags: [] },
    p2: { serviceName: 'kodekloud-record-store-worker', tags: [] },
  };
  return { traceID: trace_id, spans, processes, warnings: null };
}

writeIfCalled(import.meta.url, 'records-store', recordsStoreFiles);
