/** Levels that contradict messages: INFO that something failed, ERROR that all went well. By template, from columns alone. */

import { LEVELS } from '../../model.ts';
import { plain } from '../anomalies/words.ts';
import type { Log } from '../index/log.ts';
import type { Advisor, Draft } from './advice.ts';

const INFO = LEVELS.indexOf('info');
const ERROR = LEVELS.indexOf('error');

const FAILS =
  /\b(failed|failure|exception|timed out|refused|unreachable|crashed|unable to|could not|an? error occurred)\b|^error\b/;
/** Conditions and remedies: a retry that went well is good news. */
const QUALIFIED =
  /\b(0|no|none|zero|without|not|never|if|when|unless|retry\w*|retries|recover\w*|fall ?back|expected|ignor\w*|skip\w*|success\w*|succeeded|handler|after|total|count|rate)\b/;
/** `failed: <*>` may count none. */
const COUNTED = /(failed|failures?|exceptions?)\W{0,3}<\*>|<\*>\W{0,2}(failed|failures?|exceptions?)/;
const WENT_WELL = /\b(success|successful|successfully|succeeded|completed|healthy|ok)\b/;
const OR_NOT =
  /\b(fail\w*|errors?|exceptions?|not|no|never|without|un\w+|time[ds]? ?out|refused|denied|after|until|before|but)\b/;

const NEITHER = 0;
const FAILURE = 1;
const SUCCESS = 2;

export function soundOf(template: string): number {
  const text = plain(template);
  if (FAILS.test(text)) return QUALIFIED.test(text.replace(FAILS, ' ')) || COUNTED.test(text) ? NEITHER : FAILURE;
  return WENT_WELL.test(text) && !OR_NOT.test(text) ? SUCCESS : NEITHER;
}

export function levelAdvisor(log: Log): Advisor {
  const sounds = Uint8Array.from(log.templates, ({ text }) => soundOf(text));
  const counts = new Uint32Array(sounds.length);
  const first = new Uint32Array(sounds.length);
  return {
    see(entry) {
      const template = log.template[entry];
      const sound = sounds[template];
      if (sound === NEITHER) return;
      const level = log.level[entry];
      // No level is a number past all levels.
      if (sound === FAILURE ? level > INFO : level < ERROR || level >= LEVELS.length) return;
      if (counts[template]++ === 0) first[template] = entry;
    },
    drafts: () =>
      [...sounds.keys()]
        .filter((template) => counts[template] > 0)
        .map((template): Draft => {
          const { text } = log.templates[template];
          const level = LEVELS[log.level[first[template]]];
          const key = sounds[template] === FAILURE ? 'advice.level-too-low' : 'advice.level-too-high';
          return {
            key,
            args: { count: counts[template], level, text },
            count: counts[template],
            examples: [first[template]],
          };
        }),
  };
}
