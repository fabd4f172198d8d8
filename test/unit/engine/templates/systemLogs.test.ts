/** Messages of storage, clusters, kernels and desktops: what varies in them is masked, with nothing set for any of them. */
import assert from 'node:assert/strict';
import { groupMessages } from '../../../eval/grouping.ts';

/** Of each kind, messages that differ in their variables alone. */
const KINDS: readonly (readonly string[])[] = [
  [
    'Receiving block blk_-1608999687919862906 src: /10.0.19.102:54106 dest: /10.0.19.102:50010',
    'Receiving block blk_7503483334202473044 src: /10.0.215.16:55695 dest: /10.0.215.17:50010',
    'Receiving block blk_42 src: /127.0.0.1:1 dest: /127.0.0.1:50010',
  ],
  [
    'Verification succeeded for blk_-4980916519894289629',
    'Verification succeeded for blk_1',
    'Verification succeeded for blk_8229193803249955061',
  ],
  [
    'Expiring session 0x24f0c1a7b2e0003, timeout of 10000ms exceeded',
    'Expiring session 0x1, timeout of 4s exceeded',
    'Expiring session 0xab, timeout of 30 s exceeded',
  ],
  ['ciod: generated core file at /home/a/run/core.17', 'ciod: generated core file at /p/gb2/core.2048'],
  [
    'memory at address 0x1b85c080 holds 0xdeadbeef',
    'memory at address 0x0 holds 0xffffffff',
    'memory at address 0x7ffe12ab holds 0x00000001',
  ],
  [
    'failed password for invalid user from 203.0.113.7 port 41022 ssh2',
    'failed password for invalid user from 198.51.100.77 port 9 ssh2',
  ],
  ['Served 3 files of 12 KB in 1.25 secs', 'Served 400 files of 3.5 GB in 18 secs'],
  ['link of 00:1a:2b:3c:4d:5e is up', 'link of aa:bb:cc:dd:ee:f0 is up', 'link of 10:20:30:40:50:60 is up'],
  [
    'Loaded C:\\Windows\\System32\\a.dll with handle 0x0000000000401000',
    'Loaded D:\\apps\\b\\c.dll with handle 0x00007ffff7a2d830',
  ],
  ['instance b9000564-fe1a-409b-b8cc-1e88b294cd1d spawned', 'instance 00000000-0000-4000-8000-000000000001 spawned'],
  ['container_1445144423722_0020_01_000001 is running', 'container_1_2_03_4 is running'],
];

describe('templates of system logs', () => {
  const messages = KINDS.flatMap((kind, i) => kind.map((text) => ({ kind: i, text })));
  const { groups, texts } = groupMessages(messages.map(({ text }) => text));
  for (const [i, kind] of KINDS.entries()) {
    it(`are one for ${kind[0].slice(0, 50)}`, () => {
      const own = new Set(groups.filter((_, at) => messages[at].kind === i));
      assert.deepEqual(
        [...own].map((group) => texts[group]).length,
        1,
        [...own].map((group) => texts[group]).join(' | '),
      );
    });
  }

  it('are others for other messages', () => assert.equal(new Set(groups).size, KINDS.length));
});
