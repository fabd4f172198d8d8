/** The built-in formats, in the order in which they are tried: the special before the general. */

import access from './builtin/access.jsonc';
import alertHeader from './builtin/alert-header.jsonc';
import angled from './builtin/angled.jsonc';
import apacheError from './builtin/apache-error.jsonc';
import appInsights from './builtin/app-insights.jsonc';
import awsLogsTail from './builtin/aws-logs-tail.jsonc';
import barColumns from './builtin/bar-columns.jsonc';
import bluegene from './builtin/bluegene.jsonc';
import bracketed from './builtin/bracketed.jsonc';
import bunyan from './builtin/bunyan.jsonc';
import capnslog from './builtin/capnslog.jsonc';
import celery from './builtin/celery.jsonc';
import clef from './builtin/clef.jsonc';
import compose from './builtin/compose.jsonc';
import cri from './builtin/cri.jsonc';
import datadog from './builtin/datadog.jsonc';
import delimited from './builtin/delimited.jsonc';
import dockerJson from './builtin/docker-json.jsonc';
import dockerTimestamps from './builtin/docker-timestamps.jsonc';
import dotnet from './builtin/dotnet.jsonc';
import ecs from './builtin/ecs.jsonc';
import elasticsearch from './builtin/elasticsearch.jsonc';
import envoy from './builtin/envoy.jsonc';
import exported from './builtin/exported.jsonc';
import fluentdFile from './builtin/fluentd-file.jsonc';
import gcp from './builtin/gcp.jsonc';
import gelf from './builtin/gelf.jsonc';
import gin from './builtin/gin.jsonc';
import goLog from './builtin/go-log.jsonc';
import grep from './builtin/grep.jsonc';
import gunicorn from './builtin/gunicorn.jsonc';
import haproxy from './builtin/haproxy.jsonc';
import heroku from './builtin/heroku.jsonc';
import herokuLogplex from './builtin/heroku-logplex.jsonc';
import hpcEvents from './builtin/hpc-events.jsonc';
import iis from './builtin/iis.jsonc';
import jboss from './builtin/jboss.jsonc';
import journald from './builtin/journald.jsonc';
import json from './builtin/json.jsonc';
import jul from './builtin/jul.jsonc';
import kafka from './builtin/kafka.jsonc';
import klog from './builtin/klog.jsonc';
import klogJson from './builtin/klog-json.jsonc';
import kubectl from './builtin/kubectl.jsonc';
import labelledRecord from './builtin/labelled-record.jsonc';
import lambda from './builtin/lambda.jsonc';
import lambdaText from './builtin/lambda-text.jsonc';
import log4j2 from './builtin/log4j2.jsonc';
import logback from './builtin/logback.jsonc';
import logbackJson from './builtin/logback-json.jsonc';
import logcat from './builtin/logcat.jsonc';
import logfmt from './builtin/logfmt.jsonc';
import loguru from './builtin/loguru.jsonc';
import loguruText from './builtin/loguru-text.jsonc';
import macos from './builtin/macos.jsonc';
import mongodb from './builtin/mongodb.jsonc';
import mongodbText from './builtin/mongodb-text.jsonc';
import monolog from './builtin/monolog.jsonc';
import mysql from './builtin/mysql.jsonc';
import nestedRecord from './builtin/nested-record.jsonc';
import nestjs from './builtin/nestjs.jsonc';
import nginxError from './builtin/nginx-error.jsonc';
import nlog from './builtin/nlog.jsonc';
import oslo from './builtin/oslo.jsonc';
import otlpLog from './builtin/otlp-log.jsonc';
import panic from './builtin/panic.jsonc';
import phpFpm from './builtin/php-fpm.jsonc';
import pm2 from './builtin/pm2.jsonc';
import postgres from './builtin/postgres.jsonc';
import proxifier from './builtin/proxifier.jsonc';
import pythonBasic from './builtin/python-basic.jsonc';
import pythonDashes from './builtin/python-dashes.jsonc';
import pythonOtel from './builtin/python-otel.jsonc';
import rabbitmq from './builtin/rabbitmq.jsonc';
import redis from './builtin/redis.jsonc';
import rubyLogger from './builtin/ruby-logger.jsonc';
import rust from './builtin/rust.jsonc';
import rustTracing from './builtin/rust-tracing.jsonc';
import serilog from './builtin/serilog.jsonc';
import serilogText from './builtin/serilog-text.jsonc';
import severityWord from './builtin/severity-word.jsonc';
import skywalking from './builtin/skywalking.jsonc';
import skywalkingTid from './builtin/skywalking-tid.jsonc';
import springBoot from './builtin/spring-boot.jsonc';
import stern from './builtin/stern.jsonc';
import structlogConsole from './builtin/structlog-console.jsonc';
import syslog from './builtin/syslog.jsonc';
import syslog5424 from './builtin/syslog-5424.jsonc';
import tensorflow from './builtin/tensorflow.jsonc';
import timeInside from './builtin/time-inside.jsonc';
import timedRecord from './builtin/timed-record.jsonc';
import timedText from './builtin/timed-text.jsonc';
import tornado from './builtin/tornado.jsonc';
import tracing from './builtin/tracing.jsonc';
import twoLines from './builtin/two-lines.jsonc';
import vpcFlow from './builtin/vpc-flow.jsonc';
import windowsCbs from './builtin/windows-cbs.jsonc';
import winstonLabel from './builtin/winston-label.jsonc';
import winstonSimple from './builtin/winston-simple.jsonc';
import zap from './builtin/zap.jsonc';
import zapConsole from './builtin/zap-console.jsonc';
import zapDevelopment from './builtin/zap-development.jsonc';
import zerologConsole from './builtin/zerolog-console.jsonc';
import zookeeper from './builtin/zookeeper.jsonc';
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
  zapDevelopment,
  klogJson,
  json,
  heroku,
  logfmt,
  springBoot,
  skywalking,
  skywalkingTid,
  pythonOtel,
  klog,
  tensorflow,
  capnslog,
  tornado,
  rubyLogger,
  nginxError,
  apacheError,
  access,
  envoy,
  haproxy,
  iis,
  vpcFlow,
  gin,
  loguruText,
  rabbitmq,
  structlogConsole,
  pythonDashes,
  pythonBasic,
  gunicorn,
  celery,
  monolog,
  phpFpm,
  rust,
  rustTracing,
  winstonLabel,
  zapConsole,
  zerologConsole,
  serilogText,
  nlog,
  dotnet,
  postgres,
  mysql,
  redis,
  kafka,
  elasticsearch,
  mongodbText,
  lambdaText,
  logcat,
  macos,
  windowsCbs,
  bluegene,
  hpcEvents,
  proxifier,
  nestjs,
  jboss,
  zookeeper,
  oslo,
  logback,
  goLog,
  jul,
  bracketed,
  angled,
  delimited,
  barColumns,
  severityWord,
  panic,
  winstonSimple,
  timedText,
  timeInside,
  dockerJson,
  exported,
  alertHeader,
  grep,
  compose,
  kubectl,
  cri,
  syslog5424,
  syslog,
  herokuLogplex,
  awsLogsTail,
  dockerTimestamps,
  stern,
  pm2,
  fluentdFile,
  timedRecord,
  labelledRecord,
  nestedRecord,
  twoLines,
};

let parsed: Format[] | undefined;

export function builtinFormats(): readonly Format[] {
  parsed ??= Object.entries(TEXTS).map(([name, text]) => parseFormat(text, `${name}.jsonc`));
  return parsed;
}
