/** Formats and catalogues are data with comments; esbuild bundles them as text. */
declare module '*.jsonc' {
  const text: string;
  export default text;
}

declare module '*.yaml' {
  const text: string;
  export default text;
}

/** WebAssembly, compiled by the build from the AssemblyScript beside it. */
declare module '*.wasm' {
  const code: Uint8Array<ArrayBuffer>;
  export default code;
}

/** As much of WebAssembly as is used; the full types come with those of the browser, which are not wanted here. */
declare namespace WebAssembly {
  class Module {
    constructor(code: Uint8Array);
  }
  class Instance {
    readonly exports: unknown;
    constructor(module: Module);
  }
}

/** The package has no types of its own; this is as much of its tree as is read. */
declare module '@hyperdx/lucene' {
  export interface LuceneNode {
    start?: string;
    /** Of a term. */
    term?: string;
    /** Of a term, or of a bracket behind a field. */
    field?: string;
    left?: LuceneNode;
    operator?: string;
    right?: LuceneNode;
    parenthesized?: boolean;
  }
  const lucene: { parse(query: string): LuceneNode };
  export default lucene;
}
