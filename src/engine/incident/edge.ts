/** An edge of the cascade in the making: what is claimed, and what weighing made of it. */
import type { CascadeEdge } from '../../incident.ts';
import type { Party } from './parties.ts';

export interface Counterexamples {
  count: number;
  entries: number[];
}
export interface Edge {
  cause: Party;
  affected: Party;
  confidence: CascadeEdge['confidence'];
  order: CascadeEdge['order'];
  lagMs: number | null;
  /** Entries that speak for the edge: how many, and which. */
  support: number;
  examples: number[];
  /** Entries already decoded, by number. */
  against: Counterexamples;
}

/** What one kind of evidence says of a pair. */
export interface EdgeClaim {
  cause: Party;
  affected: Party;
  confidence: CascadeEdge['confidence'];
  support: number;
  examples: number[];
}
