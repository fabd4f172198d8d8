import assert from 'node:assert/strict';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { connect, type Port, serve } from '../../../src/base/rpc.ts';

interface Sums {
  add(a: number, b: number): Promise<number>;
  scale(values: Float64Array, by: number): Promise<Float64Array>;
  fail(message: string): Promise<never>;
  never(): Promise<void>;
  handler(): Promise<unknown>;
}

const sums: Sums = {
  add: async (a, b) => a + b,
  scale: async (values, by) => values.map((value) => value * by),
  fail: async (message) => {
    throw new RangeError(message);
  },
  never: () => new Promise(() => {}),
  // A function cannot be cloned, so this answer cannot be posted.
  handler: async () => () => {},
};

function toPort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', listener);
      return () => port.off('message', listener);
    },
  };
}

describe('base/rpc', () => {
  let close = (): void => {};
  let near: Port;
  let far: Port;

  beforeEach(() => {
    const { port1, port2 } = new MessageChannel();
    near = toPort(port1);
    far = toPort(port2);
    close = () => {
      port1.close();
      port2.close();
    };
  });
  afterEach(() => close());

  it('brings the answer of a call back', async () => {
    serve(far, sums);
    assert.equal(await connect<Sums>(near).add(2, 3), 5);
  });

  it('keeps answers apart that come in another order', async () => {
    let release = (_value: string): void => {};
    const slow = new Promise<string>((resolve) => {
      release = resolve;
    });
    const api = { first: () => slow, second: async () => 'second' };
    serve(far, api);
    const remote = connect<typeof api>(near);
    const first = remote.first();
    assert.equal(await remote.second(), 'second');
    release('first');
    assert.equal(await first, 'first');
  });

  it('keeps typed arrays typed', async () => {
    serve(far, sums);
    const scaled = await connect<Sums>(near).scale(Float64Array.of(1.5, 2), 2);
    assert.ok(scaled instanceof Float64Array);
    assert.deepEqual([...scaled], [3, 4]);
  });

  it('rejects with the name and message of the error', async () => {
    serve(far, sums);
    await assert.rejects(connect<Sums>(near).fail('out of range'), { name: 'RangeError', message: 'out of range' });
  });

  it('rejects a method that is not served, inherited ones included', async () => {
    serve(far, sums);
    const remote = connect<{ missing(): void; constructor: () => void }>(near);
    await assert.rejects(remote.missing(), /no method missing/);
    await assert.rejects(remote.constructor(), /no method constructor/);
  });

  it('rejects what cannot be cloned, on either side', async () => {
    serve(far, sums);
    const remote = connect<Sums & { take(value: unknown): Promise<void> }>(near);
    await assert.rejects(
      remote.take(() => {}),
      /could not be cloned/,
    );
    await assert.rejects(remote.handler(), /could not be cloned/);
  });

  it('rejects all that is pending when disposed, and all calls after', async () => {
    serve(far, sums);
    const remote = connect<Sums>(near);
    const waiting = [remote.never(), remote.never()];
    remote.dispose();
    for (const call of waiting) await assert.rejects(call, /closed/);
    await assert.rejects(remote.add(1, 1), /closed: add/);
  });

  it('stops answering when the server is disposed', async () => {
    const calls: string[] = [];
    const api = { note: async (text: string) => calls.push(text) };
    const server = serve(far, api);
    const remote = connect<typeof api>(near);
    await remote.note('before');
    server.dispose();
    remote.note('after').catch(() => {});
    // The second server's answer proves that the port has delivered what came before.
    const echo = { echo: async () => 'echo' };
    serve(far, echo, 'echo');
    assert.equal(await connect<typeof echo>(near, 'echo').echo(), 'echo');
    assert.deepEqual(calls, ['before']);
    remote.dispose();
  });

  it('serves in both directions on one port', async () => {
    const listener = { heard: async (text: string) => `heard ${text}` };
    serve(near, listener);
    const back = connect<typeof listener>(far);
    serve(far, { say: (text: string) => back.heard(text) });
    assert.equal(await connect<{ say(text: string): Promise<string> }>(near).say('hello'), 'heard hello');
  });

  it('keeps channels apart and passes over foreign messages', async () => {
    serve(far, { name: async () => 'one' }, 'one');
    serve(far, { name: async () => 'two' }, 'two');
    near.post('noise');
    near.post(null);
    near.post({ channel: 'one', answer: 1, ok: 'forged' });
    assert.equal(await connect<{ name(): string }>(near, 'two').name(), 'two');
    assert.equal(await connect<{ name(): string }>(near, 'one').name(), 'one');
  });

  it('can be returned from an async function', async () => {
    serve(far, sums);
    const remote = await (async () => connect<Sums>(near))();
    assert.equal(await remote.add(1, 1), 2);
  });
});
