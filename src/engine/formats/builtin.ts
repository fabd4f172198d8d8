/** The built-in formats, in the order in which they are tried: the special before the general. */
import compose from './builtin/compose.jsonc';
import dockerJson from './builtin/docker-json.jsonc';
import heroku from './builtin/heroku.jsonc';
import json from './builtin/json.jsonc';
import kubectl from './builtin/kubectl.jsonc';
import logback from './builtin/logback.jsonc';
import logfmt from './builtin/logfmt.jsonc';
import springBoot from './builtin/spring-boot.jsonc';
import timedText from './builtin/timed-text.jsonc';
import { type Format, parseFormat } from './spec.ts';

const TEXTS = { json, heroku, logfmt, springBoot, logback, timedText, dockerJson, compose, kubectl };

let parsed: Format[] | undefined;

export function builtinFormats(): readonly Format[] {
  parsed ??= Object.entries(TEXTS).map(([name, text]) => parseFormat(text, `${name}.jsonc`));
  return parsed;
}
