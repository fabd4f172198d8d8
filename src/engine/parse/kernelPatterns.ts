/** Text formats as the kernel knows them: their programs and plans, laid out in its memory. */
import * as at from '../kernel/memory.ts';
import type { Program } from './pattern/program.ts';
import type { RecordMemory } from './recordMemory.ts';

/** A group of a pattern that says something: numbers of its slot, of its role and, of an id, of its key. */
export interface KernelGroup {
  slot: number;
  role: number;
  key: number;
}

interface Laid {
  code: number;
  tables: number;
  text: number;
}

/** All files of a thread share programs, until there is no room and everything is laid out anew. */
let laid = new Map<Program, Laid>();
let epoch = 0;

/** Lays out a plan of the present owner, whose lines become no rows yet; its place, or 0 where there is no room. */
export function layPlan(memory: RecordMemory, program: Program, groups: readonly KernelGroup[]): number {
  const code = layProgram(memory, program);
  if (code === null) return 0;
  const place = memory.room(at.PATTERN_GROUPS_AT + groups.length * at.GROUP_SIZE);
  if (place === 0) return 0;
  memory.set(place + at.PATTERN_OWNER, memory.owner);
  memory.set(place + at.PATTERN_CODE, code.code);
  memory.set(place + at.PATTERN_TABLES, code.tables);
  memory.set(place + at.PATTERN_TEXT, code.text);
  memory.set(place + at.PATTERN_FIRST, program.first);
  memory.set(place + at.PATTERN_SLOTS, program.slots);
  memory.set(place + at.PATTERN_SERVICE, -1);
  memory.set(place + at.PATTERN_GROUPS, groups.length);
  for (const [i, group] of groups.entries()) {
    const groupAt = place + at.PATTERN_GROUPS_AT + i * at.GROUP_SIZE;
    memory.set(groupAt, group.slot);
    memory.set(groupAt + 4, group.role);
    memory.set(groupAt + 8, group.key);
  }
  return place;
}

function layProgram(memory: RecordMemory, program: Program): Laid | null {
  if (epoch !== memory.epoch) {
    epoch = memory.epoch;
    laid = new Map();
  }
  let known = laid.get(program);
  if (known) return known;
  const { code, tables, text } = program;
  const place = memory.room(roundUp(code.byteLength + tables.length + text.length));
  if (place === 0) return null;
  known = { code: place, tables: place + code.byteLength, text: place + code.byteLength + tables.length };
  memory.bytes.set(new Uint8Array(code.buffer, code.byteOffset, code.byteLength), known.code);
  memory.bytes.set(tables, known.tables);
  memory.bytes.set(text, known.text);
  laid.set(program, known);
  return known;
}

const roundUp = (size: number) => Math.ceil(size / 16) * 16;
