/** How absolute paths and the names inside a log (relative, with `/`) lead to each other. */
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

/** The name of a file inside a log's root; undefined where it lies outside. */
export function relativeFile(root: string, path: string): string | undefined {
  const name = relative(root, path);
  if (name === '' || name === '..' || name.startsWith(`..${sep}`) || isAbsolute(name)) return undefined;
  return name.split(sep).join('/');
}

export function absoluteFile(root: string, file: string): string {
  // The engine gives a file that lies outside the root its absolute path for a name.
  return isAbsolute(file) ? file : join(root, ...file.split('/'));
}

/** The deepest folder that holds all the paths; their own folder where there is one path only. */
export function commonFolder(paths: readonly string[]): string {
  let folder = dirname(paths[0]);
  while (!paths.every((path) => relativeFile(folder, path) !== undefined)) {
    const parent = dirname(folder);
    if (parent === folder) break;
    folder = parent;
  }
  return folder;
}

const LOG_NAME = /\.(log|jsonl|ndjson)([.-]|$)/i;

/** Whether a file's name alone says that it is a log: the names the manifest claims, and rotated ones. */
export function isLogName(path: string): boolean {
  return LOG_NAME.test(path.slice(path.lastIndexOf(sep) + 1));
}

const CANDIDATE_NAME = /(^[^.]+|\.log([.-].*)?|\.(jsonl|ndjson|json|txt|out|err)(\.\d+)?(\.(gz|zst))?)$/i;

/** Whether a folder's log may hold a file of this name, or (names without a dot) a folder. */
export function isCandidateName(path: string): boolean {
  return CANDIDATE_NAME.test(path.slice(path.lastIndexOf('/') + 1));
}

/** Folders whose changes never concern a log, and which change often. */
export function isNeverRead(name: string): boolean {
  return /(^|\/)(\.git|node_modules)(\/|$)/.test(name);
}
