/** Places in the generated logs to put the cursor on, the same in each run. */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Random } from '../random.ts';

const TRACE = /"trace_id":"([^"]+)"/;

export interface TracePlace {
  document: vscode.TextDocument;
  position: vscode.Position;
  id: string;
}

export class Places {
  private readonly random = new Random(1);
  private readonly document: vscode.TextDocument;

  constructor(document: vscode.TextDocument) {
    this.document = document;
  }

  trace(): TracePlace {
    for (;;) {
      const line = this.random.between(0, this.document.lineCount - 2);
      const found = TRACE.exec(this.document.lineAt(line).text);
      if (found === null) continue;
      const [whole, id] = found;
      const position = new vscode.Position(line, found.index + whole.length - id.length + 1);
      return { document: this.document, position, id };
    }
  }

  /** Inside the value of a key on some line. */
  value(key: string): vscode.Position {
    const { position } = this.trace();
    const at = this.document.lineAt(position.line).text.indexOf(`"${key}":`);
    assert.ok(at >= 0, `a line holds ${key}`);
    return position.with({ character: at + key.length + 5 });
  }
}
