/** An edge of the cascade in the making: what is claimed, and what weighing made of it. */
import type { CascadeEdge } from '../../incident.ts';
import type { Party } from './parties.ts';

export interface Counterexamples {
  count: number;
  entries: number[];
}

/** What one kind of evidence says of a pair. */
export interface EdgeClaim {
  cause: Party;
  affected: Party;
  confidence: CascadeEdge['confidence'];
  /** Entries that speak for the edge: how many, and which. */
  support: number;
  examples: number[];
}

export interface Edge extends EdgeClaim {
  order: CascadeEdge['order'];
  lagMs: number | null;
  /** What speaks against it. */
  against: Counterexamples;
}
