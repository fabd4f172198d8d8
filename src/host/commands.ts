/**
 * Every command there is, in one table. The manifest is held against it by a test, so this file
 * stays free of the editor's API.
 */

import type { Level } from '../model.ts';
import type { TraceOrder } from '../overview.ts';

/** Commands with a title: the palette, menus and keys reach them. */
export const COMMANDS = {
  findTrace: 'causeway.findTrace',
  searchLog: 'causeway.searchLog',
  openLogs: 'causeway.openLogs',
  closeLogs: 'causeway.closeLogs',
  refresh: 'causeway.refresh',
  clearCache: 'causeway.clearCache',
  showTimeline: 'causeway.showTimeline',
  showIncidentTimeline: 'causeway.showIncidentTimeline',
  explainIncident: 'causeway.explainIncident',
  nextCorrelated: 'causeway.nextCorrelated',
  previousCorrelated: 'causeway.previousCorrelated',
  nextOfService: 'causeway.nextOfService',
  previousOfService: 'causeway.previousOfService',
  nextError: 'causeway.nextError',
  previousError: 'causeway.previousError',
  goToFirstError: 'causeway.goToFirstError',
  showEntries: 'causeway.showEntries',
  copyId: 'causeway.copyId',
  compare: 'causeway.compare',
  showDifferences: 'causeway.showDifferences',
  sortTraces: 'causeway.sortTraces',
  filterTraces: 'causeway.filterTraces',
  clearTraceFilter: 'causeway.clearTraceFilter',
  groupAnomalies: 'causeway.groupAnomalies',
  openReadable: 'causeway.openReadable',
  openMerged: 'causeway.openMerged',
  openTrace: 'causeway.openTrace',
  openSourceLine: 'causeway.openSourceLine',
  alertRules: 'causeway.alertRules',
  openTraceIn: 'causeway.openTraceIn',
  unmute: 'causeway.unmute',
} as const;

/** What links in hovers, lenses and tree items run. They need arguments, so the manifest leaves them out. */
export const LINK_COMMANDS = {
  openEntry: 'causeway.openEntry',
  showReferences: 'causeway.showReferences',
  showErrors: 'causeway.showErrors',
  cancelReading: 'causeway.cancelReading',
  showMore: 'causeway.showMore',
  copyCommand: 'causeway.copyCommand',
  mute: 'causeway.mute',
  openRule: 'causeway.openRule',
} as const;

export type CommandName = keyof typeof COMMANDS | keyof typeof LINK_COMMANDS;

/** A line to go to. */
export interface EntryTarget {
  root: string;
  file: string;
  line: number;
  column: number;
}

/** Everything that shares an id. */
export interface IdTarget {
  root: string;
  id: string;
}

/** What to look for in which log. */
export interface SearchTarget {
  root: string;
  query: string;
}

/** A file of a log, or one service in it. */
export interface FileTarget {
  root: string;
  file: string;
  service?: string;
  /** The lowest level that counts; ERROR where absent. */
  from?: Level;
}

/** A rule, and an entry of the kind that it shall be silent on. */
export interface MuteTarget {
  root: string;
  rule: string;
  entry: number;
}

/** What each command may be given; a command that is offered by name must do without. */
export interface CommandArguments {
  findTrace: [text?: string];
  searchLog: [query?: string | SearchTarget];
  openLogs: [target?: unknown, selection?: unknown];
  closeLogs: [target?: { root: string }];
  refresh: [];
  clearCache: [];
  showTimeline: [target?: IdTarget];
  showIncidentTimeline: [target?: { root: string }];
  explainIncident: [target?: { root?: string; id?: string; audience?: 'engineers' | 'everybody' }];
  nextCorrelated: [];
  previousCorrelated: [];
  nextOfService: [];
  previousOfService: [];
  nextError: [];
  previousError: [];
  goToFirstError: [target?: FileTarget];
  showEntries: [target?: IdTarget];
  copyId: [target?: IdTarget];
  compare: [target?: IdTarget, selected?: unknown];
  showDifferences: [query?: unknown];
  sortTraces: [order?: TraceOrder];
  filterTraces: [text?: string];
  clearTraceFilter: [];
  groupAnomalies: [by?: 'rule' | 'service' | 'incident'];
  openReadable: [];
  openMerged: [target?: unknown, selection?: unknown];
  openTrace: [target?: IdTarget];
  openSourceLine: [];
  alertRules: [kind?: 'derived' | 'library'];
  openTraceIn: [target?: IdTarget];
  unmute: [target?: { root: string }];
  openEntry: [target: EntryTarget, preserveFocus?: boolean];
  showReferences: [target: IdTarget & { joined?: 'inferred' }];
  showErrors: [target: FileTarget];
  cancelReading: [];
  showMore: [list: { show(): void }];
  copyCommand: [command: string];
  mute: [target: MuteTarget];
  openRule: [rule: string];
}

export type CommandHandlers = { [K in CommandName]: (...args: CommandArguments[K]) => unknown };

export function commandId(name: CommandName): string {
  return { ...COMMANDS, ...LINK_COMMANDS }[name];
}

/** A link a trusted Markdown string may carry. The arguments are encoded so that no log text can end it early. */
export function commandLink<K extends CommandName>(name: K, ...args: CommandArguments[K]): string {
  const query = encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, (c) => (c === '(' ? '%28' : '%29'));
  return `command:${commandId(name)}?${query}`;
}
