/** Kinds of resources that have no log of their own, and the words that give them away. */
import { stem } from '../anomalies/words.ts';

export interface ResourceKind {
  /** The last part of the name of a resource that nobody names: `SERVICE/database`. */
  kind: string;
  /** Stemmed words of a sentence that mean such a resource. */
  words: ReadonlySet<string>;
  /** Stemmed words of a key, or of a name, that do. */
  nameWords: ReadonlySet<string>;
}

/** Written here as they are read, and stemmed as those they are compared with: `redis` is no plural, yet becomes `redi`. */
const set = (words: string): ReadonlySet<string> => new Set(words.split(' ').map(stem));

const DISK: ResourceKind = { kind: 'disk', words: set('disk enospc'), nameWords: set('disk volume bucket') };

/** In order: the first kind that a line's words show is meant. */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  {
    kind: 'cache',
    words: set('redis memcached cache'),
    nameWords: set('cache redis memcached'),
  },
  {
    kind: 'queue',
    words: set('rabbitmq kafka broker amqp'),
    nameWords: set('queue broker topic exchange kafka rabbitmq amqp mq'),
  },
  {
    kind: 'database',
    words: set(
      'database db sql postgres postgresql mysql mariadb oracle mongo mongodb cassandra dynamodb jdbc hikari deadlock replica',
    ),
    nameWords: set('database db datasource replica sql postgres postgresql mysql mariadb mongo mongodb rds'),
  },
  DISK,
];

/** What says that a disk is full says so whoever writes to it, be it a database. */
const NO_SPACE = 'no space left';

export function kindSaid(words: readonly string[]): ResourceKind | null {
  if (words.join(' ').includes(NO_SPACE)) return DISK;
  return RESOURCE_KINDS.find((kind) => words.some((word) => kind.words.has(word))) ?? null;
}

export function kindNamed(words: readonly string[]): ResourceKind | null {
  return RESOURCE_KINDS.find((kind) => words.some((word) => kind.nameWords.has(word))) ?? null;
}
