/** Addresses of other tools that show a trace, as the setting `traceLinks` names them: checked, and filled in. */

/** What stands in an address for the id. */
export const PLACEHOLDER = `\${traceId}`;

export interface TraceLink {
  name: string;
  url: string;
}

export interface TraceLinkProblem {
  /** Into the setting's value. */
  path: (string | number)[];
  problem: string;
}

export interface TraceLinks {
  links: TraceLink[];
  problems: TraceLinkProblem[];
}

/** The entries that can be used, and what is wrong with the others. */
export function traceLinks(value: unknown): TraceLinks {
  if (!Array.isArray(value)) return { links: [], problems: [{ path: [], problem: 'must be a list of { name, url }' }] };
  const found: TraceLinks = { links: [], problems: [] };
  for (const [i, item] of value.entries()) {
    const { name, url } = typeof item === 'object' && item !== null ? item : {};
    const problems = [
      ...(typeof name === 'string' && name.trim() !== '' ? [] : [{ path: [i, 'name'], problem: 'name: must be text' }]),
      ...urlProblem(url).map((problem) => ({ path: [i, 'url'], problem })),
    ];
    if (problems.length === 0) found.links.push({ name, url });
    found.problems.push(...problems);
  }
  return found;
}

function urlProblem(url: unknown): string[] {
  if (typeof url !== 'string') return ['url: must be text'];
  // Before an id stands in it, so that none can become a part of the host.
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url.replaceAll(PLACEHOLDER, 'x'))) {
    return ['url: must be an address that begins with http:// or https://'];
  }
  const [, beforePath] = /^https?:\/\/([^/?#\\]*)/i.exec(url) ?? [];
  const [some, other] = ['x', 'y'].map((id) => new URL(url.replaceAll(PLACEHOLDER, id)).host);
  if (beforePath?.includes('$') || some !== other) return [`url: ${PLACEHOLDER} must stand behind the host`];
  return url.includes(PLACEHOLDER) ? [] : [`url: must hold ${PLACEHOLDER}`];
}

/** With the id encoded, so that none can end the part of the address that it stands in. */
export function traceAddress({ url }: TraceLink, id: string): string {
  // JSON may hold half a character, which cannot be encoded.
  const whole = id.replace(/\p{Surrogate}/gu, '\ufffd');
  // The apostrophe and brackets mean nothing in an address, and much in Markdown.
  const encoded = encodeURIComponent(whole).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return new URL(url.replaceAll(PLACEHOLDER, () => encoded)).href;
}
