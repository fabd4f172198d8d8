/** Somebody waited in vain: in words, by status, or by a duration that reaches a timeout field. */
import type { Entry } from '../../model.ts';
import { quantityOf } from './quantity.ts';
import type { Line, LineRule, Tuning, Verdict } from './study.ts';
import { wordsOf } from './words.ts';

const TIMEOUT = /\b(time-? ?outs?|timed-? ?out|timing out|deadline exceeded)\b/;
/** A setting is no event: named before the timeout, said of it, or written as its value. */
const SETTINGS = [
  /\b(default|configured|using|setting|set|(?<!\b(failed|ended|aborted|died) )with|no) (a )?time-? ?outs?\b/,
  /\b(changing|increasing|raising|reducing|lowering|updating|adjusting|extending) (\w+ ){0,2}time-? ?outs?\b/,
  /\btime-? ?outs? ((is|are|was|were|has been|have been) )?(set|configured|changed|increased|raised|reduced|lowered|updated|adjusted|extended|disabled|enabled|defaults|defaulting)\b/,
  /\btime-? ?outs? of \S+ (is |was )?(set|configured)\b/,
  /\btime-? ?outs? (from|to) \d+ ?(ms|s|secs?|seconds|m|mins?|minutes)\b/,
  /\btime-? ?outs? ?[=:] ?(\d|none|null|default)/,
];
/** A timeout that was got over is good news. */
const OVERCOME = /(?<!\b(not|never|none|nothing)( \w+)? )\b(recovered|succeeded|all good)\b/;
const TIMEOUT_STATUS = new Set([408, 504]);
const STATUS_WORDS = new Set(['status', 'code']);
const DURATION_WORDS = new Set('duration elapsed latency took response'.split(' '));

export const timeout: LineRule = {
  name: 'timeout',
  quiet: false,
  habitual: true,
  judge(line: Line, { thresholds }: Tuning): Verdict | null {
    const { entry } = line;
    const badness = line.cluster.level;
    const status = statusOf(entry);
    if (status !== null) {
      return verdict(badness, { key: 'timeout.status', args: { status, text: entry.message } });
    }
    if (line.spoken.some(tellsOfTimeout) && !line.spoken.some((text) => OVERCOME.test(text))) {
      return verdict(badness, { key: 'timeout.message', args: { text: entry.message } });
    }
    const cut = cutOff(entry, thresholds.timeout.share);
    return cut ? verdict(badness, { key: 'timeout.duration', args: { ...cut, text: entry.message } }) : null;
  },
};

function tellsOfTimeout(text: string): boolean {
  return TIMEOUT.test(text) && !SETTINGS.some((setting) => setting.test(text));
}

function verdict(badness: number, message: Verdict['message']): Verdict {
  return { severity: 'warning', badness, message };
}

function statusOf(entry: Entry): number | null {
  for (const field of entry.fields) {
    const status = typeof field.value === 'string' ? Number(field.value) : field.value;
    if (typeof status !== 'number' || !TIMEOUT_STATUS.has(status)) continue;
    if (wordsOf(field.key).some((word) => STATUS_WORDS.has(word))) return status;
  }
  return null;
}

function cutOff(entry: Entry, share: number): { duration: number; timeout: number } | null {
  let [duration, allowed] = [0, Number.POSITIVE_INFINITY];
  for (const field of entry.fields) {
    const words = wordsOf(field.key);
    const quantity = quantityOf(field.value, words);
    if (quantity?.dimension !== 'time') continue;
    if (words.includes('timeout')) allowed = Math.min(allowed, quantity.amount);
    else if (words.some((word) => DURATION_WORDS.has(word))) duration = Math.max(duration, quantity.amount);
  }
  return duration > 0 && duration >= share * allowed ? { duration, timeout: allowed } : null;
}
