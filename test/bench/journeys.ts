/**
 * Requests on their way through a shop's services, as the lines they leave: milliseconds after the line before, service,
 * level, message, and the other keys as JSON. `<1-9>` is a number by chance, `<a|b>` one of these, `<user>` the same in
 * the whole journey. About ten lines a journey, as many as the weight says of a hundred.
 */
const PATH = '"method":"GET","path":"<path>"';
const CART = '"method":"POST","path":"/api/cart/checkout"';
const CLIENT = '"remote":"10.1.<0-255>.<0-255>","agent":"<agent>"';
const DONE = '"response_time_ms":<8-900>,"bytes_sent":<300-90000>,"status_code"';
const SESSION =
  '1-2 user-service DEBUG Session validated {"user_id":"<user>","cache_hit":<true|false|true>,"roles":["customer"]}';
const PRODUCT =
  '1-8 catalog-service DEBUG Product loaded {"product_id":"prod_<100-999>","stock":<0-90>,"price":<1-900>.<10-99>,"currency":"EUR"}';
const QUERY =
  '1-5 inventory-service DEBUG Query on stock returned <1-40> rows {"table":"stock","duration_ms":<1-30>,"pool":{"active":<0-49>,"idle":<0-20>}}';
const PAGE =
  '1-4 catalog-service INFO Page assembled {"client":{"name":"<Zoë Müller|Jan Novák|Aya 山田|Sam Taylor>","mobile":<true|false>},"products":<4-60>}';
const SHARD =
  '1-12 search-service DEBUG Shard <0-3> answered in <2-60>ms {"hits":<0-200>,"index":"products-2026-08","cached":<true|false|false>}';
const ITEMS = '[{"product_id":"prod_<100-999>","quantity":<1-4>},{"product_id":"prod_<100-999>","quantity":<1-4>}]';

const BROWSE = [
  `0-0 api-gateway INFO Request received {${PATH},${CLIENT}}`,
  ...[SESSION, PRODUCT, QUERY, PRODUCT, QUERY, PRODUCT, QUERY, PAGE],
  `1-3 api-gateway INFO Request completed {${PATH},${DONE}:200}`,
];
const SEARCH = [
  `0-0 api-gateway INFO Request received {"method":"GET","path":"/api/search",${CLIENT}}`,
  SESSION,
  '1-2 search-service INFO Search started {"term":"<winter \\"parka\\"|espresso|lámpara>","filters":{"category":<0-29>,"in_stock":true}}',
  ...[SHARD, SHARD, SHARD, SHARD],
];
const FOUND = [
  '1-3 catalog-service DEBUG Prices joined {"currency":"EUR","count":<1-200>}',
  `1-3 api-gateway INFO Request completed {"method":"GET","path":"/api/search",${DONE}:200}`,
];
const RETRY =
  '40-90 search-service WARN Retrying shard <0-3> of request trace_id=<trace>, attempt 2 of 3 {"backoff":"<10-90>ms"}';
const CHECKOUT = [
  `0-0 api-gateway INFO Request received {${CART},${CLIENT}}`,
  '1-3 order-service INFO Order checkout initiated {"user_id":"<user>","cart_id":"cart_<1000-9999>","items_count":<1-5>}',
  '2-9 order-service INFO Payment processing started {"order_id":"<order>","amount":<5-500>.<10-99>,"currency":"USD"}',
  '2-9 payment-service INFO Payment request received {"order_id":"<order>","amount":<5-500>.<10-99>,"payment_method":"credit_card"}',
  '200-900 payment-service INFO Payment processed successfully {"order_id":"<order>","payment_id":"<payment>"}',
  '1-5 order-service INFO Payment <payment> confirmed for <order> {"payment_id":"<payment>"}',
  `1-5 order-service INFO Inventory reservation requested {"order_id":"<order>","items":${ITEMS}}`,
  `1-5 inventory-service INFO Inventory reservation request {"order_id":"<order>","items":${ITEMS}}`,
];
const RESERVED = [
  '3-40 inventory-service INFO Stock availability confirmed {"order_id":"<order>","all_items_available":true}',
  '3-8 inventory-service INFO Inventory reserved successfully {"order_id":"<order>","reservation_id":"rsv_<10000-99999>"}',
  '1-5 order-service INFO Order completed {"order_id":"<order>","status":"completed"}',
  `1-3 api-gateway INFO Request completed {${CART},${DONE}:200}`,
];
const STACK = [
  'java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out',
  '\tat com.primomart.inventory.StockRepository.reserve(StockRepository.java:88)',
  '\tat com.primomart.inventory.ReservationController.post(ReservationController.java:41)',
  'Caused by: java.net.SocketTimeoutException: Read timed out',
];
const FAILED = [
  `30000-30009 inventory-service ERROR Database query timeout {"query_type":"update","duration_ms":30000,"stack_trace":${JSON.stringify(STACK.join('\n'))}}`,
  '1-3 order-service ERROR Reservation failed: "upstream" answered 500 for trace <trace> {"order_id":"<order>","retry":false}',
  `1-3 api-gateway ERROR Request completed {${CART},${DONE}:500}`,
];

/** What a database says of itself, without a trace. */
const VITALS = [
  '0-0 db-monitor INFO System stats {"source":"<inventory|orders>-db-primary","cpu_percent":<20-85>,"memory_percent":<40-80>,"disk_io_util":<10-60>,"connections":<40-120>}',
];

export type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
export type Fields = Record<string, unknown>;

export interface Step {
  least: number;
  most: number;
  service: string;
  level: Level;
  /** With places still to be filled in. */
  message: string;
  fields: string;
}

const step = (line: string): Step => {
  const [, least, most, service, level, message, fields] = /^(\d+)-(\d+) (\S+) (\S+) (.*?) (\{.*\})$/.exec(line) ?? [];
  return { least: Number(least), most: Number(most), service, level: level as Level, message, fields };
};

export const vitals = VITALS.map(step);

/** One of a hundred by chance gives each its weight. */
export const journeys: Step[][] = [
  ...Array<string[]>(42).fill(BROWSE),
  ...Array<string[]>(30).fill([...SEARCH, ...FOUND]),
  ...Array<string[]>(3).fill([...SEARCH, RETRY, ...FOUND]),
  ...Array<string[]>(24).fill([...CHECKOUT, ...RESERVED]),
  [...CHECKOUT, ...FAILED],
].map((lines) => lines.map(step));

export const WORDS: Record<string, readonly string[]> = {
  path: ['/api/products', '/api/products/featured', '/api/user/profile', '/api/cart', '/api/wishes'],
  agent: ['Mozilla/5.0 (X11; Linux x86_64)', 'PrimoApp/4.2 \\"Lemon\\"', 'Mozilla/5.0 (Macintosh)'],
};
