/** Bytes that keys of pairs are made of: no quotes, commas or the like, which text has before an equals sign. */
export const IN_KEY = new Uint8Array(256).fill(1, 0x80);
for (const c of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-/@:$#%*+[]')
  IN_KEY[c.charCodeAt(0)] = 1;
