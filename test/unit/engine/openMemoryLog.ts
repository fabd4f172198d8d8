import { contentSource } from '../../../src/engine/content/contentSource.ts';
import { builtinFormats } from '../../../src/engine/formats/builtin.ts';
import { type OpenLog, type OpenLogTools, openLog } from '../../../src/engine/openLog.ts';
import { formatSet } from '../../../src/engine/parse/profile.ts';
import type { ByteSource } from '../../../src/engine/source.ts';
import type { LogRequest } from '../../../src/protocol.ts';
import { type MemoryFile, memorySource } from './memorySource.ts';

/** Opens files given by name and content, as the engine does. */
export function openMemoryLog(
  files: Record<string, MemoryFile>,
  request: Partial<LogRequest> = {},
  tools: Partial<OpenLogTools> = {},
  previous?: OpenLog,
  changed?: string[],
): Promise<OpenLog> {
  return openSource(memorySource(files), request, tools, previous, changed);
}

export function openSource(
  source: ByteSource,
  request: Partial<LogRequest> = {},
  tools: Partial<OpenLogTools> = {},
  previous?: OpenLog,
  changed?: string[],
): Promise<OpenLog> {
  return openLog(
    { root: '/log', ...request },
    {
      source: contentSource(source),
      formats: formatSet(builtinFormats()),
      progress: () => {},
      signal: new AbortController().signal,
      ...tools,
    },
    previous,
    changed,
  );
}
