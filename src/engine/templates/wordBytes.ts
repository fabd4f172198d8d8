/** What a byte is to a word of a message. */

export const WORD = 1;
export const DIGIT = 2;
export const QUOTE = 3;

/** What a byte is to a word, 0 for the rest; bytes of non-ASCII characters are letters. */
export const kind = new Uint8Array(256);
for (let c = 0; c < 256; c++) {
  const char = String.fromCharCode(c);
  if (/[0-9]/.test(char)) kind[c] = DIGIT;
  else if (/[A-Za-z_]/.test(char) || c >= 0x80) kind[c] = WORD;
  else if (char === '"' || char === "'") kind[c] = QUOTE;
}
