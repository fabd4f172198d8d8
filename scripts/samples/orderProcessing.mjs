/**
 * `node scripts/samples/orderProcessing.mjs [FOLDER]`: writes the sample of an order system whose payment service runs
 * out of database connections, by default to samples/order-processing. The services, the metrics' names, the alert and
 * its time are those of a troubleshooting guide; every line is made up.
 */
import { chance, logFiles, writeIfCalled } from './chance.mjs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const at = (/** @type {string} */ time) => Date.parse(`2025-11-07T${time}Z`);

const START = at('14:20:00');
const END = at('15:40:00');
/** Connections are no longer given back from here on; the last of them is taken some six minutes later. */
const LEAK = at('15:17:00');
const POOL = 20;
const POOL_TIMEOUT = 5000;
/** Of how many orders one is traced. */
const SAMPLED = 6;

/** @returns {Map<string, string>} The text of each file by its name. */
export function orderProcessingFiles() {
  const { between, hex, one } = chance(20251107);
  const files = logFiles();
  /** @type {object[]} */
  const traces = [];

  function log(
    /** @type {string} */ service,
    /** @type {number} */ time,
    /** @type {string} */ level,
    /** @type {string} */ message,
    /** @type {object} */ fields,
  ) {
    const line = { '@timestamp': new Date(time).toISOString(), level, service, message, ...fields };
    files.add(`${service}.jsonl`, time, JSON.stringify(line));
  }

  /** Connections in use: a few while all is well, then one more every twenty seconds or so. */
  const used = (/** @type {number} */ time) =>
    time < LEAK ? between(5, 9) : Math.min(POOL, 8 + Math.floor((time - LEAK) / (28 * SECOND)));

  let number = 48_200;
  for (let time = START + 700; time < END; time += between(3, 9) * SECOND + between(0, 999)) {
    number++;
    const trace_id = hex(32);
    const order = { trace_id, order_id: `ORD-${number}` };
    const customer = `C-${between(1000, 1399)}`;
    const amount = between(900, 24_900) / 100;
    let now = time;
    const step = (/** @type {number} */ least, /** @type {number} */ most) => {
      now += between(least, most);
      return now;
    };
    log('order-service', now, 'INFO', 'Order received', { ...order, customer_id: customer, amount, currency: 'EUR' });
    const checked = step(4, 12);
    const stock = between(9, 38);
    log('inventory-service', checked, 'INFO', 'Checking stock', { ...order, items: between(1, 4) });
    log('inventory-service', step(stock, stock), 'INFO', 'Stock reserved', { ...order, duration_ms: stock });
    const asked = step(3, 9);
    log('order-service', asked, 'INFO', 'Calling payment-service', { ...order, peer: 'payment-service', amount });
    const began = step(3, 9);
    const payment = { ...order, payment_id: `pay_${hex(12)}` };
    log('payment-service', began, 'INFO', 'Charging card', {
      ...payment,
      provider: one(['visa', 'mastercard']),
      amount,
    });
    // At the limit a connection still comes free now and then.
    const isRefused = used(began) >= POOL && between(1, 10) > 3;
    const waited = isRefused
      ? POOL_TIMEOUT + between(0, 9)
      : used(began) >= POOL - 3
        ? between(900, 4200)
        : between(4, 25);
    const charged = step(waited, waited);
    if (isRefused) {
      log('payment-service', charged, 'ERROR', 'Could not get a database connection: pool exhausted', {
        ...payment,
        error_type: 'db_connection',
        db_host: 'payments-db',
        waited_ms: waited,
        timeout_ms: POOL_TIMEOUT,
        db_connections_used: POOL,
        db_connections_total: POOL,
      });
      log('order-service', step(3, 9), 'ERROR', 'Order failed: payment-service answered 503', {
        ...order,
        peer: 'payment-service',
        status: 'error',
        status_code: 503,
        duration_ms: now - time,
      });
    } else {
      const query = between(3, 14);
      if (waited > 800) {
        log('payment-service', charged, 'WARN', 'Waited long for a database connection', {
          ...payment,
          db_host: 'payments-db',
          waited_ms: waited,
          timeout_ms: POOL_TIMEOUT,
        });
      }
      log('payment-service', step(query, query + 160), 'INFO', 'Payment confirmed', {
        ...payment,
        status: 'success',
        duration_ms: now - began,
      });
      log('order-service', step(3, 9), 'INFO', 'Order confirmed', {
        ...order,
        status: 'success',
        status_code: 201,
        duration_ms: now - time,
      });
    }
    if (number % SAMPLED === 0) {
      traces.push(jaegerTrace({ hex, trace_id, time, checked, stock, asked, began, charged, end: now, isRefused }));
    }
  }
  for (let time = START + 3000; time < END; time += 30 * SECOND + between(-30, 30)) {
    const connections = used(time);
    const level = connections >= POOL - 2 ? 'WARN' : 'INFO';
    log('payment-service', time, level, 'Database pool', {
      db_host: 'payments-db',
      db_connections_used: connections,
      db_connections_total: POOL,
    });
  }
  for (const service of ['order-service', 'payment-service', 'inventory-service']) {
    for (let time = START + between(0, 9000); time < END; time += MINUTE + between(-50, 50)) {
      log(service, time, 'INFO', 'Health check', { cpu_percent: between(11, 38), memory_mb: between(210, 260) });
    }
  }
  const texts = files.texts();
  texts.set('traces.jaeger.json', `${JSON.stringify({ data: traces }, null, 1)}\n`);
  return texts;
}

/**
 * A trace as Jaeger's API gives it, times in microseconds.
 *
 * @param {{ hex: (digits: number) => string, trace_id: string, time: number, checked: number, stock: number,
 *   asked: number, began: number, charged: number, end: number, isRefused: boolean }} order
 */
function jaegerTrace({ hex, trace_id, time, checked, stock, asked, began, charged, end, isRefused }) {
  const [root, inventory, client, server, query] = Array.from({ length: 5 }, () => hex(16));
  const span = (
    /** @type {string} */ spanID,
    /** @type {string | null} */ parent,
    /** @type {string} */ processID,
    /** @type {string} */ operationName,
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {object[]} */ tags,
  ) => ({
    traceID: trace_id,
    spanID,
    operationName,
    references: parent === null ? [] : [{ refType: 'CHILD_OF', traceID: trace_id, spanID: parent }],
    startTime: from * 1000,
    duration: (to - from) * 1000,
    tags,
    logs: [],
    processID,
  });
  const kind = (/** @type {string} */ value) => ({ key: 'span.kind', type: 'string', value });
  const failed = isRefused ? [{ key: 'error', type: 'bool', value: true }] : [];
  const peer = { key: 'peer.service', type: 'string', value: 'payment-service' };
  const spans = [
    span(root, null, 'p1', 'POST /orders', time, end, [kind('server'), ...failed]),
    span(inventory, root, 'p2', 'POST /reservations', checked, checked + stock, [kind('server')]),
    span(client, root, 'p1', 'POST /payments', asked, end - 3, [kind('client'), peer, ...failed]),
    span(server, client, 'p3', 'POST /payments', began, end - 5, [kind('server'), ...failed]),
    span(query, server, 'p3', isRefused ? 'pool.acquire payments-db' : 'INSERT payments', began + 1, charged, [
      kind('client'),
      { key: 'db.system', type: 'string', value: 'postgresql' },
      { key: 'server.address', type: 'string', value: 'payments-db' },
      ...failed,
    ]),
  ];
  const processes = Object.fromEntries(
    ['order-service', 'inventory-service', 'payment-service'].map((serviceName, i) => [
      `p${i + 1}`,
      { serviceName, tags: [] },
    ]),
  );
  return { traceID: trace_id, spans, processes, warnings: null };
}

writeIfCalled(import.meta.url, 'order-processing', orderProcessingFiles);
