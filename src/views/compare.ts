/** Compare: a trace beside the nearest healthy one of its kind, or beside another that was chosen, in the editor's own diff. */
import * as vscode from 'vscode';
import type { IdTarget } from '../host/commands.ts';
import { oneLine } from '../host/escape.ts';
import { toLocation } from '../host/positions.ts';
import type { Sessions } from '../host/sessions.ts';
import { type ComparedText, comparedTexts } from '../render/comparison.ts';
import { hint, idWanted } from './navigate.ts';

/** Documents of it name the log and the two ids, so that they can be made anew after a restart. */
export const COMPARISON_SCHEME = 'causeway-compare';

type Side = 'left' | 'right';

interface Compared extends IdTarget {
  other: string;
  side: Side;
}

/** `selected` is all that is selected where a menu was opened: with two ids, these two are compared. */
export async function compare(sessions: Sessions, target?: IdTarget, selected?: unknown): Promise<void> {
  const wanted = await idWanted(sessions, target);
  const log = wanted && sessions.byRoot(wanted.root);
  if (wanted === undefined || log === undefined) return;
  const found = await log.ask('compare', wanted.id, otherOf(wanted, selected));
  if (found === null) return hint(vscode.l10n.t('No healthy trace of this kind'));
  const [id, other] = [found.right.id, found.left.id];
  const uris = (['left', 'right'] as const).map((side) => uriOf({ root: log.root, id, other, side }));
  const title = `${oneLine(other, 40)} ↔ ${oneLine(id, 40)}`;
  await vscode.commands.executeCommand('vscode.diff', uris[0], uris[1], title, { preview: true });
}

function otherOf(wanted: IdTarget, selected: unknown): string | null {
  if (!Array.isArray(selected)) return null;
  const ids = selected.filter(isTarget).filter(({ root, id }) => root === wanted.root && id !== wanted.id);
  return ids.length === 1 ? ids[0].id : null;
}

function isTarget(given: unknown): given is IdTarget {
  return typeof given === 'object' && given !== null && 'id' in given && 'root' in given;
}

export function registerCompare(sessions: Sessions): vscode.Disposable {
  const changes = new vscode.EventEmitter<vscode.Uri>();
  const textOf = async (uri: vscode.Uri): Promise<(ComparedText & { root: string }) | undefined> => {
    const { root, id, other, side } = comparedOf(uri);
    const log = sessions.byRoot(root);
    const found = await log?.ask('compare', id, other);
    return found ? { root, ...comparedTexts(found)[side] } : undefined;
  };
  return vscode.Disposable.from(
    changes,
    vscode.workspace.registerTextDocumentContentProvider(COMPARISON_SCHEME, {
      onDidChange: changes.event,
      async provideTextDocumentContent(uri) {
        const text = await textOf(uri);
        return text === undefined ? vscode.l10n.t('No log holds these ids any more.') : `${text.lines.join('\n')}\n`;
      },
    }),
    // Each line leads to the entry that it tells of.
    vscode.languages.registerDefinitionProvider(
      { scheme: COMPARISON_SCHEME },
      {
        async provideDefinition({ uri }, { line }) {
          const text = await textOf(uri);
          const row = text?.rows[line];
          return text && row ? toLocation(text.root, row) : undefined;
        },
      },
    ),
    // What was read anew may hold other entries.
    sessions.onDidChange((log) => {
      if (log.summary === undefined) return;
      for (const { uri } of vscode.workspace.textDocuments) {
        if (uri.scheme === COMPARISON_SCHEME && comparedOf(uri).root === log.root) changes.fire(uri);
      }
    }),
  );
}

/** The name ends as that of a log does, so that levels are coloured. */
function uriOf(compared: Compared): vscode.Uri {
  const name = (compared.side === 'left' ? compared.other : compared.id).replace(/[^\w.-]/g, '_').slice(0, 60);
  const query = JSON.stringify(compared);
  return vscode.Uri.from({ scheme: COMPARISON_SCHEME, path: `/${compared.side}/${name}.log`, query });
}

function comparedOf({ query }: vscode.Uri): Compared {
  return JSON.parse(query) as Compared;
}
