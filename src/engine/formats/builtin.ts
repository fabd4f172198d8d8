/** The built-in formats, in the order in which they are tried: the special before the general. */

import appInsights from './builtin/app-insights.jsonc';
import bunyan from './builtin/bunyan.jsonc';
import clef from './builtin/clef.jsonc';
import compose from './builtin/compose.jsonc';
import datadog from './builtin/datadog.jsonc';
import dockerJson from './builtin/docker-json.jsonc';
import ecs from './builtin/ecs.jsonc';
import exported from './builtin/exported.jsonc';
import gcp from './builtin/gcp.jsonc';
import gelf from './builtin/gelf.jsonc';
import heroku from './builtin/heroku.jsonc';
import journald from './builtin/journald.jsonc';
import json from './builtin/json.jsonc';
import klogJson from './builtin/klog-json.jsonc';
import kubectl from './builtin/kubectl.jsonc';
import lambda from './builtin/lambda.jsonc';
import log4j2 from './builtin/log4j2.jsonc';
import logback from './builtin/logback.jsonc';
import logbackJson from './builtin/logback-json.jsonc';
import logfmt from './builtin/logfmt.jsonc';
import loguru from './builtin/loguru.jsonc';
import mongodb from './builtin/mongodb.jsonc';
import otlpLog from './builtin/otlp-log.jsonc';
import serilog from './builtin/serilog.jsonc';
import springBoot from './builtin/spring-boot.jsonc';
import timedText from './builtin/timed-text.jsonc';
import tracing from './builtin/tracing.jsonc';
import zap from './builtin/zap.jsonc';
import { parseFormat } from './readFormat.ts';
import type { Format } from './spec.ts';

const TEXTS = {
  ecs,
  clef,
  serilog,
  log4j2,
  logbackJson,
  gelf,
  journald,
  gcp,
  lambda,
  appInsights,
  otlpLog,
  loguru,
  tracing,
  mongodb,
  datadog,
  bunyan,
  zap,
  klogJson,
  json,
  heroku,
  logfmt,
  springBoot,
  logback,
  timedText,
  dockerJson,
  exported,
  compose,
  kubectl,
};

let parsed: Format[] | undefined;

export function builtinFormats(): readonly Format[] {
  parsed ??= Object.entries(TEXTS).map(([name, text]) => parseFormat(text, `${name}.jsonc`));
  return parsed;
}
