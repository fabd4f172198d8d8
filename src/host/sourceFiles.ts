/** Which file of the workspace a path means that was written on another machine: the one whose path ends like it. */

/** Files that are not the workspace's own, and whose names it may have too. */
const FOREIGN = /(?:^|\/)(?:node_modules|site-packages|dist-packages|pkg\/mod|node:internal)\//;

/**
 * `candidates` are paths in the workspace, with `/`, all of the same file name. Undefined where none fits, or several
 * fit equally well.
 */
export function sourceFileFor(path: string, candidates: readonly string[]): string | undefined {
  if (FOREIGN.test(path)) return undefined;
  const wanted = path.split('/').reverse();
  let best: string | undefined;
  let most = 0;
  let isClear = false;
  for (const candidate of candidates) {
    const parts = candidate.split('/').reverse();
    let alike = 0;
    while (alike < wanted.length && alike < parts.length && wanted[alike] === parts[alike]) alike++;
    // A name alone tells too little where folders are known: each project has its own index.js.
    if (alike < Math.min(2, wanted.length, parts.length)) continue;
    if (alike === most) isClear = false;
    if (alike <= most) continue;
    best = candidate;
    most = alike;
    isClear = true;
  }
  return isClear ? best : undefined;
}
