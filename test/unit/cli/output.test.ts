import { deepEqual, equal } from 'node:assert/strict';
import { Writable } from 'node:stream';
import { createOutput, type Stream } from '../../../src/cli/output.ts';
import { COLOURS, NO_PAINT } from '../../../src/render/paint.ts';

/** A stream that keeps what is written; a terminal where it has columns. */
function stream(columns?: number): Stream & { text: string } {
  const kept = new Writable({
    write(chunk, _encoding, done) {
      target.text += chunk;
      done();
    },
  });
  const target: Stream & { text: string } = Object.assign(kept, { text: '' });
  if (columns !== undefined) Object.assign(target, { isTTY: true, columns });
  return target;
}

const progress = (doneBytes: number, file = 'a.log') => ({ doneBytes, totalBytes: 200, file });

describe('the output', () => {
  for (const [name, out, environment, paint] of [
    ['a terminal', stream(100), {}, COLOURS],
    ['a pipe', stream(), {}, NO_PAINT],
    ['a terminal with NO_COLOR', stream(100), { NO_COLOR: '1' }, NO_PAINT],
    ['a terminal with an empty NO_COLOR', stream(100), { NO_COLOR: '' }, COLOURS],
    ['a dumb terminal', stream(100), { TERM: 'dumb' }, NO_PAINT],
  ] as const) {
    it(`${paint === COLOURS ? 'is coloured' : 'is plain'} on ${name}`, () => {
      equal(createOutput(out, stream(), environment, false).paint, paint);
    });
  }

  it('is as wide as the terminal, within reason', () => {
    const widths = [undefined, 40, 90, 300].map((columns) => createOutput(stream(columns), stream(), {}, false).width);
    deepEqual(widths, [100, 80, 90, 120]);
  });

  it('waits for a reader that is slow', async () => {
    let release = (): void => {};
    const slow = new Writable({
      highWaterMark: 1,
      write(_chunk, _encoding, done) {
        release = done;
      },
    });
    let written = false;
    const writing = createOutput(slow, stream(), {}, false)
      .write('much text')
      .then(() => {
        written = true;
      });
    await new Promise(setImmediate);
    equal(written, false);
    release();
    await writing;
    equal(written, true);
  });
});

describe('the progress', () => {
  it('is one line that is taken away again', () => {
    const err = stream(80);
    const output = createOutput(stream(), err, {}, false);
    output.progress(progress(50));
    output.progress(progress(50));
    output.settle();
    output.settle();
    equal(err.text, '\r\u001b[KReading 25 %  a.log\r\u001b[K');
  });

  it('keeps to the line, and lets no file name out of it', () => {
    const err = stream(24);
    createOutput(stream(), err, {}, false).progress(progress(50, 'evil\u001b[2J\nlong-name.log'));
    equal(err.text, '\r\u001b[KReading 25 %  evil lon…');
  });

  for (const [name, err, quiet] of [
    ['in a pipe', stream(), false],
    ['when asked to be quiet', stream(80), true],
  ] as const) {
    it(`does not appear ${name}`, () => {
      const output = createOutput(stream(80), err, {}, quiet);
      output.progress(progress(50));
      output.settle();
      equal(err.text, '');
    });
  }
});
