/** Every word that means a resource is recognised in the form in which sentences and names are compared: stemmed. */
import { equal } from 'node:assert/strict';
import { stem } from '../../../../src/engine/anomalies/words.ts';
import { kindNamed, kindSaid } from '../../../../src/engine/incident/resourceKinds.ts';

/** Written out again here: a list that is read from the code under test would hold for any list. */
const SAID: Record<string, string> = {
  cache: 'redis memcached cache caches',
  queue: 'rabbitmq kafka broker brokers amqp',
  database:
    'database databases db sql postgres postgresql mysql mariadb oracle mongo mongodb cassandra dynamodb jdbc hikari ' +
    'deadlock deadlocks replica replicas',
  disk: 'disk disks enospc',
};
const NAMED: Record<string, string> = {
  cache: 'cache redis memcached',
  queue: 'queue broker topic topics exchange kafka rabbitmq amqp mq',
  database: 'database db datasource replica sql postgres postgresql mysql mariadb mongo mongodb rds',
  disk: 'disk volume bucket buckets',
};

describe('a resource given away', () => {
  for (const [how, kinds, kindOf] of [
    ['in a sentence', SAID, kindSaid],
    ['in a name', NAMED, kindNamed],
  ] as const) {
    for (const [kind, words] of Object.entries(kinds)) {
      for (const word of words.split(' '))
        it(`${how} by ${word}`, () => equal(kindOf(['odd', stem(word)])?.kind ?? null, kind));
    }
    it(`${how} not by other words`, () => equal(kindOf(['redirected', 'post', 'disc', 'constructor'].map(stem)), null));
  }
});
