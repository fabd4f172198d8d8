/**
 * The process of its own that unit and webview tests run in: `mochaProcess.ts FOLDER [FILE-PART...]` runs the built
 * tests below FOLDER, or those of them whose path has one of the parts in it.
 */
import process from 'node:process';
import { runMocha, type Tally, testFiles } from './mochaRun.ts';
import { variables, writeResults } from './results.ts';

const [folder, ...parts] = process.argv.slice(2);
const resultsPath = process.env[variables.results];
if (!folder || !resultsPath) throw new Error(`Give a folder of tests, and ${variables.results} in the environment.`);

const files = testFiles(folder, '.test.mjs').filter(
  (file) => !parts.length || parts.some((part) => file.includes(part)),
);
if (files.length === 0) console.log(`  No tests in ${[folder, ...parts].join(' ')}.`);
const write = (tally: Tally, complete: boolean) => writeResults(resultsPath, { ...tally, complete });
const tally = await runMocha({ files, onCount: (counted) => write(counted, false) });
write(tally, true);
// A browser or a worker left open by a test must not keep the run waiting.
process.exit(tally.failed > 0 ? 1 : 0);
