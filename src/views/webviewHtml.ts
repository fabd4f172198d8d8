/** The page of a webview: one script and one style sheet of ours, and nothing else may load or run. */
import { randomBytes } from 'node:crypto';

export interface WebviewPage {
  title: string;
  /** Addresses as the webview sees them. */
  script: string;
  style: string;
  /** Where the webview's own files come from, as it names them to the browser. */
  cspSource: string;
  /** Handed to the script as `data-` attributes of the body. */
  data: Record<string, string>;
}

export function webviewHtml({ title, script, style, cspSource, data }: WebviewPage): string {
  const nonce = randomBytes(18).toString('base64url');
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escapeHtml(value)}"`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(style)}">
<title>${escapeHtml(title)}</title>
</head>
<body${attributes.join('')}>
<script nonce="${nonce}" src="${escapeHtml(script)}"></script>
</body>
</html>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for an element or an attribute: names of folders and ids of a log may hold anything. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
