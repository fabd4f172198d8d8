/** Globs over relative paths: `**`, `*`, `?`, `{a,b}`. A glob without `/` matches a name in any folder. */
export function globToRegExp(glob: string): RegExp {
  let depth = 0;
  const pattern = glob.replace(/\*\*\/|\*\*|\*|\?|[{},]|[.+^$()|[\]\\]/g, (token) => {
    switch (token) {
      case '**/':
        return '(?:.*/)?';
      case '**':
        return '.*';
      case '*':
        return '[^/]*';
      case '?':
        return '[^/]';
      case '{':
        depth++;
        return '(?:';
      case '}':
        if (depth === 0) return '\\}';
        depth--;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
      default:
        return `\\${token}`;
    }
  });
  const closed = pattern + ')'.repeat(depth);
  return new RegExp(glob.includes('/') ? `^${closed}$` : `(?:^|/)${closed}$`);
}
