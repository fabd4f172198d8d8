/**
 * `node scripts/samples/sockShop.mjs [FOLDER]`: writes the sample of a shop whose logs are only text, by default to
 * samples/sock-shop. The times, the ids and the outcome of eight orders, the pods of the payment service and its
 * absence are those of a test of the Sock Shop demo that its operator described; every line around them is made up.
 * The same lines come out each time: chance is seeded, and the clock is not asked.
 */
import { chance, writeIfCalled } from './chance.mjs';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const at = (/** @type {string} */ time) => Date.parse(`2025-10-30T${time}Z`);

const ORDERS = 'sock-shop-orders-5b7d9c8f64-q8w2x';
const CARTS = 'sock-shop-carts-6f9c5d7b88-t4k9m';
const SHIPPING = 'sock-shop-shipping-7d8b6c9f55-b6r3n';
const QUEUE = 'sock-shop-queue-master-66c4d8b9f7-z5h7p';

/** When each pod of the payment service was there. */
const PAYMENT_PODS = [
  { pod: 'sock-shop-payment-6bb8fcd48d-m4t7z', from: at('03:29:40'), to: at('05:13:50') },
  { pod: 'sock-shop-payment-6bb8fcd48d-rfljt', from: at('05:15:31'), to: at('08:23:58') },
  { pod: 'sock-shop-payment-6bb8fcd48d-kwd4k', from: at('08:35:01.207'), to: at('09:31:00') },
];
const START = at('03:30:00');
const END = at('09:30:00');

/** The eight orders of the test; `id` where the description gives it, else made of the time and the counter. */
const TESTED = [
  { time: at('05:14:24'), amount: '104.98', failed: true },
  { time: at('05:21:07'), amount: '34.98', failed: false },
  { time: at('08:11:52'), amount: '22.14', failed: false },
  { time: at('08:24:46'), amount: '104.98', failed: true, id: '690320cee2c84800016ceb4a' },
  { time: at('08:25:14'), amount: '19.99', failed: true },
  { time: at('08:26:40'), amount: '104.98', failed: true, id: '69032142e2c84800016ceb4c' },
  { time: at('08:28:19'), amount: '122.13', failed: true, id: '690321a3e2c84800016ceb4d' },
  { time: at('08:28:32'), amount: '22.14', failed: true, id: '690321b0e2c84800016ceb4e' },
];
const FIRST_COUNTER = 0x6ceb47;
const HEALTHY_BEFORE = 38;
const HEALTHY_AFTER = 22;
const AMOUNTS = ['17.32', '19.99', '22.14', '34.98', '49.97', '72.48', '104.98', '122.13'];

/** What the description says of the order that could not be paid, one line a step. */
const REFUSED = [
  'org.springframework.web.client.ResourceAccessException: I/O error on POST request for "http://payment/paymentAuth": Connection refused (Connection refused)',
  '\tat org.springframework.web.client.RestTemplate.doExecute(RestTemplate.java:666)',
  '\tat org.springframework.web.client.RestTemplate.execute(RestTemplate.java:613)',
  '\tat org.springframework.web.client.RestTemplate.exchange(RestTemplate.java:531)',
  '\tat works.weave.socks.orders.services.AsyncGetService.postResource(AsyncGetService.java:73)',
  '\tat works.weave.socks.orders.controllers.OrdersController.newOrder(OrdersController.java:88)',
  '\tat java.lang.Thread.run(Thread.java:748)',
  'Caused by: java.net.ConnectException: Connection refused (Connection refused) to payment/10.96.100.12:80',
  '\tat java.net.PlainSocketImpl.socketConnect(Native Method)',
  '\tat java.net.Socket.connect(Socket.java:589)',
  '\t... 6 common frames omitted',
];

const hexOf = (/** @type {number} */ value, /** @type {number} */ digits) => value.toString(16).padStart(digits, '0');

/** @returns {Map<string, string>} The text of each file by its name. */
export function sockShopFiles() {
  const { between, hex, uuid } = chance(20251030);
  /** @type {Map<string, { time: number, text: string }[]>} */
  const pods = new Map();
  let thread = 0;

  /** One entry, with the lines that follow its first. */
  function log(
    /** @type {string} */ pod,
    /** @type {number} */ time,
    /** @type {string} */ level,
    /** @type {string} */ logger,
    /** @type {string} */ message,
    /** @type {string[]} */ more = [],
    worker = `p-nio-80-exec-${(thread % 10) + 1}`,
  ) {
    const stamp = new Date(time).toISOString().replace('T', ' ').replace('Z', '');
    const head = `${stamp} ${level.padStart(5)} 1 --- [${worker.slice(-15).padStart(15)}] ${logger.padEnd(40)} : `;
    const lines = pods.get(pod) ?? [];
    lines.push({ time, text: [head + message, ...more].map((line) => `${line}\n`).join('') });
    pods.set(pod, lines);
  }

  const paymentPod = (/** @type {number} */ time) =>
    PAYMENT_PODS.find(({ from, to }) => time >= from && time <= to)?.pod ?? null;

  function order(/** @type {number} */ time, /** @type {string} */ id, /** @type {string} */ amount) {
    const web = 'w.w.s.orders.controllers.OrdersController'.slice(-40);
    const service = 'w.w.s.orders.services.PaymentService';
    thread++;
    let now = time + between(80, 400);
    const step = (/** @type {number} */ least, /** @type {number} */ most) => {
      now += between(least, most);
      return now;
    };
    log(ORDERS, now, 'INFO', web, `Order created with ID: ${id} and status: Created`);
    log(ORDERS, step(4, 30), 'INFO', web, `Order ${id} status updated to PENDING`);
    const asked = step(2, 12);
    const pod = paymentPod(asked);
    if (pod === null) {
      // The description counts this line in the orders that failed alone, although eight orders were made.
      log(ORDERS, asked, 'INFO', service, `Sending payment request for order ${id}`);
      log(ORDERS, step(3, 25), 'ERROR', service, `Payment failed for order ${id}: Connection refused`, REFUSED);
      log(ORDERS, step(5, 30), 'WARN', web, `Order ${id} status updated to PAYMENT_FAILED`);
      return;
    }
    log(ORDERS, asked, 'INFO', service, `Payment request for order ${id} accepted`);
    const payment = uuid();
    const authorise = 'w.w.s.payment.AuthorisationService';
    log(pod, step(8, 40), 'INFO', authorise, `Authorising payment ${payment} of ${amount} USD for order ${id}`);
    log(pod, step(30, 220), 'INFO', 'w.w.s.payment.CaptureService', `Captured payment ${payment}`);
    log(ORDERS, step(5, 30), 'INFO', service, `Order ${id} payment successful`);
    log(ORDERS, step(3, 20), 'INFO', web, `Order ${id} status updated to PAID`);
    log(SHIPPING, step(10, 60), 'INFO', 'w.w.s.s.controllers.ShippingController', `Adding order ${id} to the queue`);
    log(
      QUEUE,
      step(40, 900),
      'INFO',
      'w.w.s.queuemaster.ShippingTaskHandler',
      `Received shipment task for order ${id}`,
    );
    log(ORDERS, step(20, 90), 'INFO', web, `Order ${id} status updated to SHIPPED`);
  }

  const healthy = (/** @type {number} */ count, /** @type {number} */ from, /** @type {number} */ to) =>
    Array.from({ length: count }, (_, i) => {
      const time = from + Math.floor(((i + between(5, 95) / 100) * (to - from)) / count);
      return { time, amount: AMOUNTS[between(0, AMOUNTS.length - 1)], id: undefined };
    });
  const orders = [
    ...healthy(HEALTHY_BEFORE, at('03:31:00'), at('05:13:20')),
    ...TESTED,
    ...healthy(HEALTHY_AFTER, at('08:36:10'), at('09:28:30')),
  ];
  for (const [i, { time, amount, id }] of orders.entries()) {
    // As MongoDB makes them: the second, the machine and process, and a counter.
    const counter = FIRST_COUNTER - HEALTHY_BEFORE + i;
    order(time, id ?? `${hexOf(Math.floor(time / SECOND), 8)}e2c8480001${hexOf(counter, 6)}`, amount);
  }

  for (const { pod, from, to } of PAYMENT_PODS) {
    const started = `Started PaymentApplication in ${((Math.min(to, from + 3893) - from) / SECOND).toFixed(3)} seconds`;
    log(pod, from, 'INFO', 'w.w.s.payment.PaymentApplication', `Starting PaymentApplication on ${pod}`, [], 'main');
    log(pod, from + 3893, 'INFO', 'w.w.s.payment.PaymentApplication', started, [], 'main');
    for (let time = from + 20 * SECOND; time < Math.min(to, END); time += 20 * SECOND + between(-40, 40)) {
      log(pod, time, 'INFO', 'w.w.s.payment.HealthCheckController', 'Health check passed');
    }
    if (to < END)
      log(pod, to, 'INFO', 'w.w.s.payment.PaymentApplication', 'Stopping: SIGTERM received', [], 'Thread-2');
  }
  const customers = Array.from({ length: 9 }, () => `57a98d98e4b0${hex(12)}`);
  for (let time = START; time < END; time += between(8, 52) * SECOND + between(0, 999)) {
    thread++;
    const customer = customers[between(0, customers.length - 1)];
    const items = between(0, 3);
    log(CARTS, time, 'INFO', 'w.w.s.cart.controllers.CartsController', `Found ${items} items for customer ${customer}`);
  }
  for (const [pod, logger] of [
    [ORDERS, 'w.w.s.o.controllers.HealthCheckController'],
    [SHIPPING, 'w.w.s.s.controllers.HealthController'],
    [QUEUE, 'w.w.s.q.controllers.HealthController'],
  ]) {
    for (let time = START + between(0, 9000); time < END; time += MINUTE + between(-60, 60)) {
      log(pod, time, 'INFO', logger.slice(-40), 'Health check passed');
    }
  }
  return new Map(
    [...pods].sort().map(([pod, lines]) => [
      `${pod}.log`,
      lines
        .sort((a, b) => a.time - b.time)
        .map(({ text }) => text)
        .join(''),
    ]),
  );
}

writeIfCalled(import.meta.url, 'sock-shop', sockShopFiles);
