/** The catalogue of known symptoms: data with comments, compiled once. */
import { parse } from 'jsonc-parser';
import catalogue from './symptoms.jsonc';

export interface Symptom {
  id: string;
  title: string;
  category: string;
  /** The likeliest first. */
  causes: string[];
  /** A first diagnostic command, to be copied; it only looks. */
  command: string;
  /** What is used up, so that whoever runs out of it counts as saturated. */
  saturates: boolean;
  patterns: string[];
}

const compiled: { symptom: Symptom; pattern: RegExp }[] = readCatalogue().map((symptom) => ({
  symptom,
  pattern: new RegExp(`\\b(?:${symptom.patterns.join('|')})\\b`),
}));

/** All symptoms in the catalogue's order, the more specific before the more general. */
export function readCatalogue(): Symptom[] {
  return parse(catalogue) as Symptom[];
}

/** The first symptom that any of the texts shows; texts are plain (lower case, camel case split). */
export function symptomIn(texts: readonly string[]): Symptom | null {
  for (const { symptom, pattern } of compiled) {
    if (texts.some((text) => pattern.test(text))) return symptom;
  }
  return null;
}
