/** Where the repository is, and where what takes long to fetch is kept between runs and for every clone. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import process from 'node:process';

export const repository = resolve(import.meta.dirname, '../..');

/** Outside the clone: a second clone, or a fresh one in continuous integration, finds VS Code already there. */
export const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'causeway');
