/**
 * Incidents by chance: services that call each other, requests that run through them, and from some time on one fault
 * in one of them. Recorded as Jaeger's spans and as lines of JSON. The same seed gives the same incident.
 */
import type { TimeRange } from '../../../../src/model.ts';
import { Random } from '../../../bench/random.ts';

export const FAULTS = ['slow', 'delay', 'pauses', 'exception', 'return', 'down'] as const;
export type Fault = (typeof FAULTS)[number];

export interface GeneratedIncident {
  files: Record<string, string>;
  cause: string;
  window: TimeRange;
}

interface Operation {
  name: string;
  /** Milliseconds. */
  work: number;
  messages: string[];
  calls: { operation: Operation; chance: number }[];
  service: Service;
}

interface Service {
  name: string;
  operations: Operation[];
}

const NAMES = 'amber birch cedar delta ember flint grove heron iris juniper kestrel larch maple nettle otter'.split(
  ' ',
);
const VERBS = 'load check store price list find reserve render send count'.split(' ');
const THINGS = 'basket ticket parcel ledger coupon seat route invoice photo review'.split(' ');
const REQUESTS = 160;
const BETWEEN_MS = 500;
const START_MS = Date.UTC(2025, 4, 6, 9);
/** The share of the requests that come before the fault. */
const BEFORE = 0.65;

/** Without a fault, all is well. */
export function generatedIncident(seed: number, fault: Fault | null, requests = REQUESTS): GeneratedIncident {
  const random = new Random(seed);
  const services = topology(random);
  const cause = random.pick(services.slice(1));
  const begin = START_MS + Math.floor(requests * BEFORE) * BETWEEN_MS;
  const recorder = new Recorder(random, fault === null ? null : { fault, service: cause, begin });
  const [edge] = services;
  for (let request = 0; request < requests; request++) {
    const at = START_MS + request * BETWEEN_MS + random.below(BETWEEN_MS / 2);
    recorder.request(random.pick(edge.operations), at);
  }
  const window = { from: begin * 1000, to: (START_MS + (requests + 10) * BETWEEN_MS) * 1000 };
  return { files: recorder.files(), cause: cause.name, window };
}

/** A tree of services with a few calls across; all are reached from the first. */
function topology(random: Random): Service[] {
  const services = NAMES.slice(0, 5 + random.below(NAMES.length - 5)).map((name): Service => {
    const service: Service = { name, operations: [] };
    for (let number = random.below(3); number >= 0; number--) {
      const thing = random.pick(THINGS);
      service.operations.push({
        name: `/${name}/${random.pick(VERBS)}-${thing}-${'abc'[number]}`,
        work: 1 + random.below(20),
        messages: [`${thing} request accepted`, `${thing} looked up in store`],
        calls: [],
        service,
      });
    }
    return service;
  });
  for (let at = 1; at < services.length; at++) {
    const callers = [random.pick(services.slice(Math.max(0, at - 5), at)), random.pick(services.slice(0, at))];
    for (const caller of random.chance(0.3) ? callers : callers.slice(0, 1)) {
      // All that a caller can be asked calls on, so that no service is left without visits.
      for (const { calls } of caller.operations) {
        calls.push({ operation: random.pick(services[at].operations), chance: random.chance(0.7) ? 1 : 0.5 });
      }
    }
  }
  return services;
}

interface Injected {
  fault: Fault;
  service: Service;
  begin: number;
}

class Recorder {
  readonly #random: Random;
  readonly #injected: Injected | null;
  readonly #traces: object[] = [];
  readonly #lines = new Map<string, string[]>();
  #spans: object[] = [];
  #processes: Record<string, object> = {};
  #trace = '';
  #ids = 0;

  constructor(random: Random, injected: Injected | null) {
    this.#random = random;
    this.#injected = injected;
  }

  request(operation: Operation, at: number): void {
    this.#trace = this.#id(32);
    [this.#spans, this.#processes] = [[], {}];
    this.#visit(operation, null, at);
    this.#traces.push({ traceID: this.#trace, spans: this.#spans, processes: this.#processes });
  }

  files(): Record<string, string> {
    const logs = [...this.#lines].map(([name, lines]) => [`${name}.jsonl`, `${lines.join('\n')}\n`]);
    return { ...Object.fromEntries(logs), 'traces.json': JSON.stringify({ data: this.#traces }) };
  }

  /** When it is done, and whether it failed. */
  #visit(operation: Operation, parent: string | null, from: number): { end: number; failed: boolean } {
    const { service } = operation;
    const fault = this.#faultOf(service, from);
    const span = this.#id(16);
    const work = this.#work(operation.work, fault);
    let at = from + work / 2;
    let failed = false;
    for (const [index, message] of operation.messages.entries()) {
      if (fault === 'return' && index > 0) break;
      this.#line(service, at, 'INFO', message, span);
    }
    if (fault === 'exception') {
      this.#line(service, at, 'ERROR', 'java.lang.IllegalStateException: index out of step', span);
      failed = true;
    }
    for (const { operation: called, chance } of failed || fault === 'return' ? [] : operation.calls) {
      if (!this.#random.chance(chance)) continue;
      const result = this.#call(service, called, span, at);
      at = result.end;
      if (!result.failed) continue;
      this.#line(service, at, 'ERROR', `call of ${called.name} failed`, span);
      failed = true;
      break;
    }
    const end = at + work / 2;
    this.#span(service, operation.name, span, parent, from, end);
    return { end, failed };
  }

  #call(caller: Service, called: Operation, parent: string, from: number): { end: number; failed: boolean } {
    const span = this.#id(16);
    const isDelayed = [called.service, caller].some((service) => this.#faultOf(service, from) === 'delay');
    const way = 0.5 + this.#random.below(20) / 10 + (isDelayed ? 60 + this.#random.below(200) : 0);
    let result = { end: from + way + 40, failed: true };
    if (this.#faultOf(called.service, from) !== 'down') result = this.#visit(called, span, from + way);
    const end = result.end + way;
    this.#span(caller, 'HTTP', span, parent, from, end);
    return { end, failed: result.failed };
  }

  #faultOf(service: Service, at: number): Fault | null {
    return this.#injected?.service === service && at >= this.#injected.begin ? this.#injected.fault : null;
  }

  /** Work takes longer now and then anyway. */
  #work(usual: number, fault: Fault | null): number {
    const work = usual * (0.7 + this.#random.below(60) / 100) * (this.#random.chance(0.02) ? 4 : 1);
    if (fault === 'slow' && this.#random.chance(0.7)) return work * 8 + 20;
    if (fault === 'pauses' && this.#random.chance(0.3)) return work + 200;
    return work;
  }

  #span(service: Service, name: string, span: string, parent: string | null, from: number, to: number): void {
    this.#processes[service.name] = { serviceName: service.name, tags: [] };
    this.#spans.push({
      traceID: this.#trace,
      spanID: span,
      operationName: name,
      references: parent === null ? [] : [{ refType: 'CHILD_OF', traceID: this.#trace, spanID: parent }],
      startTime: Math.round(from * 1000),
      duration: Math.round((to - from) * 1000),
      tags: [],
      logs: [],
      processID: service.name,
    });
  }

  #line({ name }: Service, at: number, level: string, message: string, span: string): void {
    const known = this.#lines.get(name) ?? [];
    this.#lines.set(name, known);
    const timestamp = new Date(Math.round(at)).toISOString();
    known.push(JSON.stringify({ timestamp, level, service: name, message, trace_id: this.#trace, span_id: span }));
  }

  #id(digits: number): string {
    this.#ids++;
    return (this.#ids * 0x9e3779b1)
      .toString(16)
      .padStart(digits, 'abcdef9'.slice(this.#ids % 5))
      .slice(-digits);
  }
}
