import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PLACEHOLDER, traceAddress, traceLinks } from '../../../src/settings/traceLinks.ts';

const JAEGER = { name: 'Jaeger', url: `http://localhost:16686/trace/${PLACEHOLDER}` };
const KIBANA = { name: 'Kibana', url: `https://kibana.example/app/discover#/?_a=(query:'trace.id:"${PLACEHOLDER}"')` };

describe('addresses of traces', () => {
  it('are taken where they are of the web and have a place for the id', () => {
    assert.deepEqual(traceLinks([JAEGER, KIBANA]), { links: [JAEGER, KIBANA], problems: [] });
    assert.deepEqual(traceLinks([]), { links: [], problems: [] });
  });

  const wrong: [entry: unknown, path: (string | number)[], problem: RegExp][] = [
    [{ ...JAEGER, name: ' ' }, [0, 'name'], /must be text/],
    [{ name: 'x' }, [0, 'url'], /must be text/],
    [null, [0, 'name'], /must be text/],
    [{ name: 'x', url: 'http://localhost/trace' }, [0, 'url'], /must hold/],
    [{ name: 'x', url: `javascript:alert('${PLACEHOLDER}')` }, [0, 'url'], /http/],
    [{ name: 'x', url: `command:x?${PLACEHOLDER}` }, [0, 'url'], /http/],
    [{ name: 'x', url: `file:///${PLACEHOLDER}` }, [0, 'url'], /http/],
    [{ name: 'x', url: `${PLACEHOLDER}://x` }, [0, 'url'], /http/],
    [{ name: 'x', url: `http:${PLACEHOLDER}` }, [0, 'url'], /http/],
    [{ name: 'x', url: `http://${PLACEHOLDER}.example/` }, [0, 'url'], /behind the host/],
    [{ name: 'x', url: `http://a:${PLACEHOLDER}@b/` }, [0, 'url'], /behind the host/],
    [{ name: 'x', url: `https:///${PLACEHOLDER}/x` }, [0, 'url'], /behind the host/],
    [{ name: 'x', url: `https://\t/${PLACEHOLDER}/x` }, [0, 'url'], /behind the host/],
  ];
  for (const [entry, path, problem] of wrong) {
    it(`are refused, and the others not: ${JSON.stringify(entry)}`, () => {
      const { links, problems } = traceLinks([entry, JAEGER]);
      assert.deepEqual(links, [JAEGER]);
      assert.deepEqual(problems[0].path, path);
      assert.match(problems[0].problem, problem);
    });
  }

  it('are a list', () => {
    assert.equal(traceLinks({ Jaeger: JAEGER.url }).problems.length, 1);
  });

  it('hold the id', () => {
    assert.equal(traceAddress(JAEGER, 'ab12'), 'http://localhost:16686/trace/ab12');
    assert.equal(traceAddress(JAEGER, '$&/../x?y#z'), 'http://localhost:16686/trace/%24%26%2F..%2Fx%3Fy%23z');
  });

  it('take an id that holds half a character', () => {
    assert.equal(traceAddress(JAEGER, 'a\ud800'), 'http://localhost:16686/trace/a%EF%BF%BD');
  });

  it('lead to the same host, whatever the id, and end no Markdown', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        const address = traceAddress(JAEGER, id);
        assert.equal(new URL(address).origin, 'http://localhost:16686');
        assert.ok(!/[\s<>()[\]]/.test(address));
      }),
    );
  });
});
