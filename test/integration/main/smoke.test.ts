import assert from 'node:assert/strict';
import { activeExtension } from '../activeExtension.ts';

describe('the extension', () => {
  it('is found and active', async () => {
    // An engine newer than the host's, or a broken manifest, drops an extension without any error.
    const extension = await activeExtension();
    assert.equal(extension.isActive, true);
  });
});
