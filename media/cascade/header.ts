/** The line above the picture: what is shown, and the switches of scope and form. */
import type { Cascade } from './cascade.ts';
import { button, element } from './element.ts';
import { clocksOf, logText, summaryOf } from './words.ts';

const TRACE_WIDTH = 18;

export function createHeader(cascade: Cascade, name: string): HTMLElement {
  const title = element('h1');
  const summary = element('p', { class: 'summary' });
  const incident = button('segment', 'Incident', () => void cascade.show({ kind: 'incident' }));
  const trace = button('segment', 'Trace', () => {
    if (cascade.offeredTrace !== null) void cascade.show({ kind: 'trace', id: cascade.offeredTrace });
  });
  const table = button('segment lone', 'Table', () => cascade.setTable(!cascade.table));
  const clocks = button('segment lone', 'Clock Offsets', () => void cascade.applyClocks(!isApplied(cascade)));
  const root = element(
    'header',
    {},
    element('div', { class: 'titles' }, title, summary),
    element('div', { class: 'segments', role: 'group', 'aria-label': 'Scope' }, incident, trace),
    clocks,
    table,
  );

  const update = (): void => {
    const { scope, model, offeredTrace } = cascade;
    const isTrace = scope.kind === 'trace';
    title.textContent = isTrace ? `Trace ${logText(model?.title || scope.id, 60)}` : 'Incident';
    // That times are not as written comes first: the line is cut where it is long.
    const [moved, parts] = model === null ? [[], []] : [clocksOf(model), [summaryOf(model)]];
    summary.textContent = [...moved, logText(name, 60), ...parts].join(' · ');
    summary.title = summary.textContent;
    press(incident, !isTrace);
    press(trace, isTrace);
    press(clocks, isApplied(cascade));
    clocks.hidden = !isTrace;
    clocks.title = 'Move the times of services by what their clocks are apart, in this picture only';
    press(table, cascade.table);
    trace.disabled = offeredTrace === null;
    trace.textContent = offeredTrace === null ? 'Trace' : `Trace ${logText(offeredTrace, TRACE_WIDTH)}`;
    trace.title = offeredTrace === null ? 'Select an entry to follow its trace' : logText(offeredTrace);
  };
  cascade.onChange(update);
  update();
  return root;
}

function isApplied({ scope }: Cascade): boolean {
  return scope.kind === 'trace' && scope.clocks === 'applied';
}

function press(element_: HTMLElement, pressed: boolean): void {
  element_.setAttribute('aria-pressed', String(pressed));
}
