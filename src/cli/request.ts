/** Turns the paths that were typed into a log: its root, and what of it to read. */
import { stat } from 'node:fs/promises';
import { dirname, join, parse, resolve, sep } from 'node:path';
import type { LogRequest } from '../protocol.ts';
import { quoted } from '../render/inertJson.ts';
import { type Command, UsageError } from './options.ts';

/** What was typed comes before what a settings file says. A path that does not exist is a mistake to be told at once, not a file to be skipped. */
export async function logRequest(
  command: Pick<Command, 'paths' | 'zone' | 'year'>,
  rules: Partial<LogRequest> = {},
): Promise<LogRequest> {
  const paths = command.paths.map((path) => resolve(path));
  const folders = await Promise.all(paths.map(async (path, index) => folderOf(path, command.paths[index] ?? path)));
  const root = folders.reduce(commonFolder);
  return {
    ...rules,
    root,
    ...(paths.length === 1 && paths[0] === root ? {} : { paths }),
    ...(command.zone === null ? {} : { zone: command.zone }),
    ...(command.year === null ? {} : { year: command.year }),
  };
}

/** The folder that names are relative to: the path itself, or where the file lies. */
async function folderOf(path: string, typed: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? path : dirname(path);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new UsageError(`${missing ? 'no such file or folder' : 'cannot read'}: ${quoted(typed)}`);
  }
}

function commonFolder(a: string, b: string): string {
  const [first, second] = [a.split(sep), b.split(sep)];
  const differs = first.findIndex((name, index) => name !== second[index]);
  const common = differs === -1 ? first : first.slice(0, differs);
  // On the root of a disk, only the empty first piece (or the drive) is left of the path.
  return common.length <= 1 ? parse(a).root : join(parse(a).root, ...common.slice(1));
}
