/** Where the command line keeps indexes: each system has a place for what can be made again. */
import { homedir } from 'node:os';
import { join } from 'node:path';

export function cacheFolder(
  environment: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
  home = homedir(),
): string {
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'causeway');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'causeway');
  if (platform === 'win32')
    return join(environment.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'causeway', 'Cache');
  return join(home, '.cache', 'causeway');
}
