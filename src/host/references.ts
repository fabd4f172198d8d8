/** Every place an id stands in, over all files of a log. */
import type * as vscode from 'vscode';
import type { OpenLog } from './openLog.ts';
import { occurrenceLocations } from './positions.ts';

/** The peek view slows down beyond some thousands, and nobody reads that many there. */
const MOST_REFERENCES = 5_000;

export async function referencesOf(log: OpenLog, id: string): Promise<vscode.Location[]> {
  const { entries } = await log.ask('occurrences', id, MOST_REFERENCES);
  return entries.flatMap((entry) => occurrenceLocations(log.root, entry));
}

/** The entries that join an id's trace without holding it: apart from the others, for no list of places can mark them. */
export async function inferredOf(log: OpenLog, id: string): Promise<vscode.Location[]> {
  const { entries } = await log.ask('inferred', id, MOST_REFERENCES);
  return entries.flatMap((entry) => occurrenceLocations(log.root, entry));
}
