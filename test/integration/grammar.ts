/**
 * What the grammars alone make of a line: VS Code's own tokeniser, over the grammars of the running VS Code and ours.
 * The editor itself tells an extension nothing of its TextMate tokens.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'vscode';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';

export interface SyntaxToken {
  text: string;
  /** From the outermost scope to the innermost. */
  scopes: string;
}

/** Tokenises lines as the language's grammar, with the extension's injections, would in the editor. */
export async function grammarTokens(
  extensionPath: string,
  rootScope: 'text.log' | 'source.json.lines',
  lines: readonly string[],
): Promise<SyntaxToken[]> {
  const wasm = readFileSync(join(extensionPath, 'node_modules/vscode-oniguruma/release/onig.wasm'));
  await loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
  const files: Record<string, string> = {
    'text.log': join(env.appRoot, 'extensions/log/syntaxes/log.tmLanguage.json'),
    'source.json.lines': join(env.appRoot, 'extensions/json/syntaxes/JSONL.tmLanguage.json'),
  };
  const injections: Record<string, string[]> = {};
  const manifest: { contributes: { grammars: { scopeName: string; path: string; injectTo: string[] }[] } } = JSON.parse(
    readFileSync(join(extensionPath, 'package.json'), 'utf8'),
  );
  for (const { scopeName, path, injectTo } of manifest.contributes.grammars) {
    files[scopeName] = join(extensionPath, path);
    for (const target of injectTo) injections[target] = [...(injections[target] ?? []), scopeName];
  }
  const registry = new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: async (scope) =>
      files[scope] === undefined ? null : parseRawGrammar(readFileSync(files[scope], 'utf8'), files[scope]),
    getInjections: (scope) => injections[scope] ?? [],
  });
  const grammar = await registry.loadGrammar(rootScope);
  if (grammar === null) throw new Error(`no grammar for ${rootScope}`);
  const tokens: SyntaxToken[] = [];
  let state = INITIAL;
  for (const line of lines) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    for (const { startIndex, endIndex, scopes } of result.tokens) {
      tokens.push({ text: line.slice(startIndex, endIndex), scopes: scopes.join(' ') });
    }
  }
  return tokens;
}
