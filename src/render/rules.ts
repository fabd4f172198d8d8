/** What each rule looks for, in a few words. */
export const RULE_TITLES: Readonly<Record<string, string>> = {
  'threshold-breach': 'A value past its own limit in the same entry',
  'error-burst': 'More errors of one kind than before',
  'latency-shift': 'An operation that has become slower',
  'latency-outlier': 'A call that took far longer than its like',
  silence: 'A service that stops logging while others go on',
  'error-rate': 'A larger share of failed requests than before',
  'new-template': 'A kind of message that was never there before',
  fatal: 'A fatal entry',
  timeout: 'Work that ran into a timeout',
  'unended-operation': 'An operation that began and never ended',
  'time-oddity': 'A service whose times miss the rest of its trace',
  'clock-skew': 'Two services whose clocks disagree',
  'known-symptom': 'A symptom of a well-known fault',
};
