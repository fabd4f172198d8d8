/** Formats and catalogues are data with comments; esbuild bundles them as text. */
declare module '*.jsonc' {
  const text: string;
  export default text;
}
