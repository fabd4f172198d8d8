/** A line that matches the catalogue of known symptoms. */
import type { LineRule } from './study.ts';
import { ERROR } from './survey.ts';
import { symptomIn } from './symptoms.ts';
import { saidIn } from './words.ts';

export const knownSymptom: LineRule = {
  name: 'known-symptom',
  quiet: false,
  habitual: true,
  judge(line, { ownSymptom }) {
    const said = saidIn(line.entry);
    const own = ownSymptom(said);
    const symptom = own ?? symptomIn(line.spoken);
    if (!symptom) return null;
    // What shows it: often the message tells of a failure, and its error or its stack trace of which.
    const showing = own ? 0 : line.spoken.findIndex((text) => symptomIn([text])?.id === symptom.id);
    const args = {
      symptom: symptom.id,
      title: symptom.title,
      category: symptom.category,
      cause: symptom.causes[0] ?? '',
      command: symptom.command,
      text: said[Math.max(0, showing)],
    };
    const severity = line.cluster.level >= ERROR ? 'information' : 'hint';
    return {
      severity,
      badness: line.cluster.level,
      message: { key: symptom.causes.length > 0 ? 'known-symptom.match' : 'known-symptom.own', args },
    };
  },
};
