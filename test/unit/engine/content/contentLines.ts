import { contentSource } from '../../../../src/engine/content/contentSource.ts';
import { memorySource } from '../memorySource.ts';

/** The content of a file as lines, and what the file is. */
export async function contentLines(file: string | Uint8Array) {
  const opened = await contentSource(memorySource({ 'a.json': file })).open('/log/a.json');
  const bytes = Buffer.alloc(opened.bytes);
  await opened.read(bytes, 0);
  await opened.close();
  const text = bytes.toString();
  return { lines: text.split('\n').slice(0, -1), text, content: opened.content };
}

/** The records that a document turns into. */
export async function contentRecords(document: unknown): Promise<Record<string, unknown>[]> {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return (await contentLines(text)).lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
