/** Reads the formats that come with the engine from their text. */
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { checkFormat } from './checkFormat.ts';
import type { Format } from './spec.ts';

/** Throws with what is wrong and where; samples are not optional here, for they are the format's test. */
export function parseFormat(text: string, origin: string): Format {
  const errors: ParseError[] = [];
  const format = parse(text, errors, { allowTrailingComma: true }) as Format;
  if (errors.length > 0) {
    const before = text.slice(0, errors[0].offset).split('\n');
    throw new Error(`${origin}:${before.length}:${before.at(-1)?.length}: ${printParseErrorCode(errors[0].error)}`);
  }
  const [fault] = checkFormat(format);
  if (fault) throw new Error(`${origin}: ${[...fault.path, fault.problem].join(': ')}`);
  if (!format.name || !format.title) throw new Error(`${origin}: a format needs a name and a title`);
  if (!format.samples?.length) {
    throw new Error(`${origin}: format ${format.name} has no samples; they are its test`);
  }
  return normalised(format);
}

/** Names of keys are compared without case. */
export function normalised(format: Format): Format {
  if (format.kind !== 'json' && format.kind !== 'logfmt') return format;
  const { names, signature, implied } = format;
  const lower = (all: readonly string[]) => all.map((name) => name.toLowerCase());
  return {
    ...format,
    names: Object.fromEntries(Object.entries(names).map(([role, keys]) => [role, lower(keys)])),
    ...(signature && { signature: lower(signature) }),
    ...(implied && {
      implied: Object.fromEntries(Object.entries(implied).map(([key, level]) => [key.toLowerCase(), level])),
    }),
  };
}
