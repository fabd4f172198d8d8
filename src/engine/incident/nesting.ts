/**
 * Edges from nesting: in a trace, a service that is there strictly before and after another has
 * called it. Only the outermost container counts, and only traces in which both show trouble.
 */
import type { Stay } from '../anomalies/traces.ts';
import type { EdgeClaim } from './edge.ts';
import type { Parties } from './parties.ts';
import type { TraceTroubles } from './traceTroubles.ts';

export function nestingEdges(parties: Parties, troubles: TraceTroubles): EdgeClaim[] {
  const claims = new Map<string, EdgeClaim>();
  for (const { stays, first } of troubles.values()) {
    for (const stay of stays) {
      const container = outermost(stay, stays);
      const example = container ? first.get(container.service) : undefined;
      if (!container || example === undefined || !first.has(stay.service)) continue;
      const key = `${stay.service} ${container.service}`;
      const claim = claims.get(key) ?? {
        cause: parties.service(stay.service),
        affected: parties.service(container.service),
        confidence: 'order',
        support: 0,
        examples: [],
      };
      claim.support++;
      claim.examples.push(example);
      claims.set(key, claim);
    }
  }
  return [...claims.values()].filter((claim) => !isOutvoted(claim, claims));
}

function outermost(stay: Stay, stays: readonly Stay[]): Stay | null {
  let widest: Stay | null = null;
  for (const other of stays) {
    if (other.from >= stay.from || other.to <= stay.to) continue;
    if (!widest || other.to - other.from > widest.to - widest.from) widest = other;
  }
  return widest;
}

/** Two services may call each other; the direction with fewer traces is then no evidence of a cascade. */
function isOutvoted({ cause, affected, support }: EdgeClaim, claims: ReadonlyMap<string, EdgeClaim>): boolean {
  const reverse = claims.get(`${affected.service} ${cause.service}`);
  return reverse !== undefined && reverse.support >= support;
}
