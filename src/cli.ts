/** The headless door: the same engine as in the editor, for a terminal, a script or a pipeline. */
import { join } from 'node:path';
import process from 'node:process';
import { version } from '../package.json';
import { cacheFolder } from './cli/cacheFolder.ts';
import { helpText } from './cli/help.ts';
import { type Request, readArguments, UsageError } from './cli/options.ts';
import { createOutput } from './cli/output.ts';
import { runCommand } from './cli/run.ts';
import { createEngine } from './engine/engine.ts';
import { plainText } from './render/plain.ts';
import { sentence } from './render/sentence.ts';
import { createFileSource } from './worker/fileByteSource.ts';
import { clearIndexCache, openIndexCache } from './worker/indexCache.ts';
import { indexThreads } from './worker/indexThreads.ts';

const FAULT = 1;
const USAGE = 2;
/** Indexes take about a fifth of the logs. */
const CACHE_BYTES = 1024 * 2 ** 20;

async function answer(request: Request): Promise<void> {
  if (request.name === 'help') return void process.stdout.write(helpText(request.about));
  if (request.name === 'version') return void process.stdout.write(`${version}\n`);
  if (request.name === 'clear-cache') {
    const bytes = await clearIndexCache(cacheFolder(process.env));
    return void process.stdout.write(`Removed ${(bytes / 1e6).toFixed(1)} MB of indexes.\n`);
  }
  const output = createOutput(process.stdout, process.stderr, process.env, request.quiet);
  const onProgress = (_root: string, progress: Parameters<typeof output.progress>[0]) => output.progress(progress);
  // The bundle beside this one runs the threads; without it, all is read in this one.
  const threads = indexThreads(join(__dirname, 'worker.js'));
  const cache = openIndexCache(__filename);
  const engine = createEngine({ source: createFileSource(), sentence, threads, cache, onProgress });
  const place = { folder: cacheFolder(process.env), maxBytes: CACHE_BYTES };
  await runCommand(request, engine, output, version, request.cache ? place : null);
}

// Whoever reads our output may stop early, as `head` does: that is no fault, and nobody is left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

async function main(): Promise<void> {
  try {
    await answer(readArguments(process.argv.slice(2)));
  } catch (error) {
    // The exit code is set and the process ends by itself, so that what is still in the pipe arrives.
    process.exitCode = error instanceof UsageError ? USAGE : FAULT;
    process.stderr.write(`causeway: ${faultText(error)}\n`);
  }
}

/** A mistake of the user's needs one line; a fault of ours needs the place where it happened. */
function faultText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError) return error.message;
  return (error.stack ?? error.message).split('\n').map(plainText).join('\n');
}

void main();
