/** The real engine over real files, and an output that keeps what is written. */
import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { readArguments } from '../../../src/cli/options.ts';
import type { Output } from '../../../src/cli/output.ts';
import { runCommand } from '../../../src/cli/run.ts';
import { createEngine } from '../../../src/engine/engine.ts';
import { NO_PAINT } from '../../../src/render/paint.ts';
import { sentence } from '../../../src/render/sentence.ts';
import { createFileSource } from '../../../src/worker/fileByteSource.ts';

export const SAMPLE = 'samples/primomart';

/** Runs a command line in this process and gives its standard output; rejects as the command does. */
export async function run(...args: string[]): Promise<string> {
  const request = readArguments(args);
  if (!('paths' in request)) throw new Error('not a command that reads logs');
  let written = '';
  const output: Output = {
    paint: NO_PAINT,
    width: 100,
    write: async (text) => {
      written += text;
    },
    note() {},
    progress() {},
    settle() {},
  };
  await runCommand(request, createEngine({ source: createFileSource(), sentence }), output, '0.0.0');
  return written;
}

const schemas = new Map<string, ValidateFunction>();

/** What docs/NAME.schema.json has against a value; empty where nothing. */
export function complaints(name: string, value: unknown): string[] {
  let validate = schemas.get(name);
  if (!validate) {
    validate = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(
      JSON.parse(readFileSync(`docs/${name}.schema.json`, 'utf8')),
    );
    schemas.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
