/** Says what was selected to those who do not see it. */
import { LEVELS } from '../../src/model.ts';
import type { Cascade } from './cascade.ts';
import { element } from './element.ts';
import { flagsOfEntry } from './scene.ts';
import { clock, edgeName, edgeReasons, levelName, logText } from './words.ts';

export function createAnnouncer(cascade: Cascade): HTMLElement {
  const root = element('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  cascade.onChange((change) => {
    if (change === 'selection') root.textContent = announcement(cascade);
  });
  return root;
}

function announcement({ selection, edge, model }: Cascade): string {
  if (model === null) return '';
  if (edge !== null) return [edgeName(model, model.edges[edge]), ...edgeReasons(model.edges[edge])].join(', ');
  const details = selection?.details;
  if (!details) return '';
  const level = details.level === null ? 'no level' : levelName(LEVELS.indexOf(details.level));
  const time = details.timestamp === null ? 'no time' : clock(details.timestamp);
  const flags = flagsOfEntry(model, details.entry).map(({ message }) => `Anomaly: ${logText(message)}`);
  return [time, level, logText(details.service ?? 'no service'), logText(details.message), ...flags].join(', ');
}
