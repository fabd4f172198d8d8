/** Spans of every tracer as lines that read alike. Documents as each project's own documentation shows them. */
import assert from 'node:assert/strict';
import { contentLines, contentRecords } from './contentLines.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const text = (key: string, value: string) => ({ key, value: { stringValue: value } });

const OTLP_SPAN = {
  traceId: TRACE.toUpperCase(),
  spanId: '00F067AA0BA902B7',
  parentSpanId: '',
  name: 'GET /cart',
  kind: 2,
  startTimeUnixNano: '1785578400000000001',
  endTimeUnixNano: '1785578400012500001',
  attributes: [
    text('http.method', 'GET'),
    { key: 'retries', value: { intValue: '3' } },
    { key: 'big', value: { intValue: '9007199254740993' } },
    { key: 'hosts', value: { arrayValue: { values: [{ stringValue: 'a' }, { boolValue: true }] } } },
    { key: 'map', value: { kvlistValue: { values: [text('k', 'v')] } } },
  ],
  events: [
    {
      timeUnixNano: '1785578400001000000',
      name: 'exception',
      attributes: [text('exception.type', 'Refused'), text('exception.message', 'no route')],
    },
  ],
  links: [{ traceId: '11111111111111111111111111111111', spanId: '2222222222222222' }],
  status: { code: 2 },
};
const otlp = (...spans: object[]) => ({
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', 'cart'), text('host.name', 'h1')] },
      scopeSpans: [{ scope: { name: 'lib', version: '1' }, spans }],
    },
  ],
});

describe('spans of OTLP', () => {
  const line = {
    timestamp: '2026-08-01T10:00:00.000000001Z',
    level: 'error',
    type: 'span',
    service: 'cart',
    trace_id: TRACE.toUpperCase(),
    span_id: '00F067AA0BA902B7',
    message: 'GET /cart: Refused: no route',
    name: 'GET /cart',
    kind: 'server',
    status: 'error',
    status_message: 'Refused: no route',
    attributes: { 'http.method': 'GET', retries: 3, big: '9007199254740993', hosts: ['a', true], map: { k: 'v' } },
    resource: { 'host.name': 'h1' },
    scope: { name: 'lib', version: '1' },
    events: [
      {
        timestamp: '2026-08-01T10:00:00.001000Z',
        name: 'exception',
        attributes: { 'exception.type': 'Refused', 'exception.message': 'no route' },
      },
    ],
    links: [{ trace_id: '11111111111111111111111111111111', span_id: '2222222222222222' }],
    duration_ms: 12.5,
  };

  it('come with all they hold, whether the document is one line or many', async () => {
    assert.deepEqual(await contentRecords(otlp(OTLP_SPAN)), [line]);
    assert.deepEqual(await contentRecords(JSON.stringify(otlp(OTLP_SPAN), null, 2)), [line]);
    const jsonLines = `${JSON.stringify(otlp(OTLP_SPAN))}\n{"other":1}\n${JSON.stringify(otlp(OTLP_SPAN))}\n`;
    assert.deepEqual(await contentRecords(jsonLines), [line, { other: 1 }, line]);
  });

  it('may have names of the schema, ids in base64, and no end', async () => {
    const [span] = await contentRecords({
      resource_spans: [
        {
          resource: {},
          scope_spans: [
            {
              spans: [
                {
                  trace_id: Buffer.from(TRACE, 'hex').toString('base64'),
                  span_id: Buffer.from('00f067aa0ba902b7', 'hex').toString('base64'),
                  name: 'x',
                  kind: 'SPAN_KIND_CLIENT',
                  start_time_unix_nano: 0,
                  status: { code: 'STATUS_CODE_OK' },
                },
              ],
            },
          ],
        },
      ],
    });
    assert.deepEqual(span, {
      type: 'span',
      trace_id: TRACE,
      span_id: '00f067aa0ba902b7',
      message: 'x',
      name: 'x',
      kind: 'client',
      status: 'ok',
    });
  });

  it('that end before they begin keep that under a name of its own', async () => {
    const [span] = await contentRecords(otlp({ ...OTLP_SPAN, endTimeUnixNano: '1785578399999000001' }));
    assert.deepEqual([span.duration_ms, span.negative_duration_ms], [undefined, -1]);
  });
});

describe('log records and metrics of OTLP', () => {
  const logs = (record: object) => ({
    resourceLogs: [{ resource: { attributes: [text('service.name', 'cart')] }, scopeLogs: [{ logRecords: [record] }] }],
  });

  it('have time, level by number, ids and a message', async () => {
    const record = {
      timeUnixNano: '1785578400000000000',
      severityNumber: 17,
      severityText: 'Error',
      traceId: TRACE,
      spanId: '00f067aa0ba902b7',
      body: { stringValue: 'refused' },
      attributes: [text('peer', 'db')],
    };
    assert.deepEqual(await contentRecords(logs(record)), [
      {
        timestamp: '2026-08-01T10:00:00.000000Z',
        level: 'error',
        service: 'cart',
        trace_id: TRACE,
        span_id: '00f067aa0ba902b7',
        message: 'refused',
        attributes: { peer: 'db' },
      },
    ]);
  });

  it('take the time of observation where there is no other, and show a body that is no text', async () => {
    const body = { kvlistValue: { values: [text('k', 'v')] } };
    const [record] = await contentRecords(
      logs({ observedTimeUnixNano: '1785578400000000000', severityText: 'odd', body }),
    );
    assert.deepEqual(record, {
      timestamp: '2026-08-01T10:00:00.000000Z',
      level: 'odd',
      service: 'cart',
      message: '{"k":"v"}',
      body: { k: 'v' },
    });
  });

  it('a measurement is a record', async () => {
    const [record] = await contentRecords({
      resourceMetrics: [
        {
          resource: { attributes: [text('service.name', 'cart')] },
          scopeMetrics: [
            {
              metrics: [
                {
                  name: 'queue.size',
                  unit: '1',
                  gauge: { dataPoints: [{ asInt: '7', timeUnixNano: '1785578400000000000' }] },
                },
              ],
            },
          ],
        },
      ],
    });
    assert.deepEqual(
      [record.timestamp, record.service, record.message, record.value],
      ['2026-08-01T10:00:00.000000Z', 'cart', 'queue.size 7 1', 7],
    );
  });
});

describe('spans of Jaeger', () => {
  const trace = {
    traceID: 'abc',
    spans: [
      {
        traceID: 'abc',
        spanID: 's2',
        operationName: 'query',
        references: [
          { refType: 'FOLLOWS_FROM', traceID: 'abc', spanID: 's0' },
          { refType: 'CHILD_OF', traceID: 'abc', spanID: 's1' },
        ],
        startTime: 1785578400000123,
        duration: 2500,
        tags: [
          { key: 'error', type: 'bool', value: true },
          { key: 'span.kind', type: 'string', value: 'client' },
        ],
        logs: [{ timestamp: 1785578400001000, fields: [{ key: 'event', type: 'string', value: 'retry' }] }],
        processID: 'p1',
        warnings: ['clock skew'],
      },
    ],
    processes: { p1: { serviceName: 'stock', tags: [{ key: 'host', type: 'string', value: 'h1' }] } },
  };
  const line = {
    timestamp: '2026-08-01T10:00:00.000123Z',
    level: 'error',
    type: 'span',
    service: 'stock',
    trace_id: 'abc',
    span_id: 's2',
    parent_span_id: 's1',
    message: 'query',
    name: 'query',
    kind: 'client',
    status: 'error',
    attributes: { error: true, 'span.kind': 'client' },
    resource: { host: 'h1' },
    events: [{ timestamp: '2026-08-01T10:00:00.001000Z', name: 'retry' }],
    links: [{ trace_id: 'abc', span_id: 's0', ref_type: 'FOLLOWS_FROM' }],
    warnings: ['clock skew'],
    duration_ms: 2.5,
  };

  it('come from an answer of the API and from a trace alone', async () => {
    for (const document of [{ data: [trace], total: 0, errors: null }, trace]) {
      assert.deepEqual(await contentRecords(document), [line]);
      assert.deepEqual(await contentRecords(JSON.stringify(document, null, '\t')), [line]);
    }
  });

  it('come from Elasticsearch, where Jaeger keeps them', async () => {
    const [span] = trace.spans;
    const source = { ...span, process: trace.processes.p1 };
    const document = { hits: { hits: [{ _index: 'jaeger-span', _id: '1', _source: source }] } };
    assert.deepEqual(await contentRecords(document), [line]);
  });

  it('without their process keep its key', async () => {
    const [span] = await contentRecords({ ...trace, processes: {} });
    assert.deepEqual([span.service, span.process], [undefined, 'p1']);
  });
});

describe('spans of Zipkin', () => {
  const span = {
    traceId: '5af7183fb1d4cf5f',
    id: '352bff9a74ca9ad2',
    parentId: '6b221d5bc9e6496c',
    kind: 'CLIENT',
    name: 'get /api',
    timestamp: 1785578400000000,
    duration: 1500,
    localEndpoint: { serviceName: 'front', ipv4: '10.0.0.1' },
    remoteEndpoint: { serviceName: 'back' },
    annotations: [{ timestamp: 1785578400000500, value: 'ws' }],
    tags: { error: '503' },
    shared: true,
  };
  const line = {
    timestamp: '2026-08-01T10:00:00.000000Z',
    level: 'error',
    type: 'span',
    service: 'front',
    trace_id: '5af7183fb1d4cf5f',
    span_id: '352bff9a74ca9ad2',
    parent_span_id: '6b221d5bc9e6496c',
    message: 'get /api: 503',
    name: 'get /api',
    kind: 'client',
    status: 'error',
    status_message: '503',
    local: { serviceName: 'front', ipv4: '10.0.0.1' },
    remote: { serviceName: 'back' },
    attributes: { error: '503' },
    events: [{ timestamp: '2026-08-01T10:00:00.000500Z', name: 'ws' }],
    shared: true,
    duration_ms: 1.5,
  };

  it('come from a trace and from a list of traces', async () => {
    assert.deepEqual(await contentRecords([span]), [line]);
    assert.deepEqual(await contentRecords([[span], [span]]), [line, line]);
    assert.deepEqual(await contentRecords(JSON.stringify([[span]], null, 2)), [line]);
  });

  it('are not what a log record with the same keys is', async () => {
    const record = '{"traceId":"5af7183fb1d4cf5f","id":"352bff9a74ca9ad2","tags":{},"message":"x"}\n';
    assert.deepEqual((await contentLines(record)).content.layers, []);
  });
});

describe('segments of X-Ray', () => {
  const segment = {
    trace_id: '1-581cf771-a006649127e371903a2de979',
    id: '70de5b6f19ff9a0a',
    name: 'shop',
    start_time: 1785578400.25,
    end_time: 1785578400.5,
    fault: true,
    cause: { exceptions: [{ type: 'Timeout', message: 'too slow' }] },
    subsegments: [{ id: '53995c3f42cd8ad8', name: 'DynamoDB', start_time: 1785578400.3, namespace: 'aws' }],
  };
  const lines = [
    {
      timestamp: '2026-08-01T10:00:00.250000Z',
      level: 'error',
      type: 'span',
      service: 'shop',
      trace_id: '1-581cf771-a006649127e371903a2de979',
      span_id: '70de5b6f19ff9a0a',
      message: 'shop: Timeout: too slow',
      name: 'shop',
      status: 'fault',
      status_message: 'Timeout: too slow',
      segment: { fault: true, cause: segment.cause },
      duration_ms: 250,
    },
    {
      timestamp: '2026-08-01T10:00:00.300000Z',
      type: 'span',
      service: 'shop',
      trace_id: '1-581cf771-a006649127e371903a2de979',
      span_id: '53995c3f42cd8ad8',
      parent_span_id: '70de5b6f19ff9a0a',
      message: 'DynamoDB',
      name: 'DynamoDB',
      kind: 'aws',
      segment: { namespace: 'aws' },
    },
  ];

  it('come with their subsegments, as they are and as strings in what the API gives', async () => {
    assert.deepEqual(await contentRecords(segment), lines);
    const Segments = [{ Id: segment.id, Document: JSON.stringify(segment) }];
    assert.deepEqual(await contentRecords({ Traces: [{ Id: segment.trace_id, Duration: 0.25, Segments }] }), lines);
  });
});
