/** The semantic token types the manifest contributes. Free of the editor's API, so that a test can hold both together. */

import type { LinePart } from '../documents.ts';
import { LEVELS } from '../model.ts';

/** Undefined for what the grammar colours well enough: keys, values and the message itself. */
export function tokenType(token: Pick<LinePart, 'role' | 'level'>): string | undefined {
  switch (token.role) {
    case 'time':
      return 'causewayTime';
    case 'service':
      return 'causewayService';
    case 'id':
      return 'causewayId';
    case 'level':
      return token.level && `causewayLevel${token.level[0].toUpperCase()}${token.level.slice(1)}`;
    default:
      return undefined;
  }
}

export const TOKEN_TYPES: readonly string[] = [
  'causewayTime',
  'causewayService',
  'causewayId',
  ...LEVELS.flatMap((level) => tokenType({ role: 'level', level }) ?? []),
];
