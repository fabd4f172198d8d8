/** All injections. A rule's own stand together; a new rule brings its file and is named here. */
import { flow } from './flow.ts';
import type { Injection } from './measure.ts';
import { statistical } from './statistical.ts';

export const INJECTIONS: readonly Injection[] = [...statistical, ...flow];
