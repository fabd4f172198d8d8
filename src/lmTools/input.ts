/** Checks what a model hands over: not every editor holds it against the schema, and what is not said is guessed. */
import { quoted } from '../render/inertJson.ts';
import { cut } from '../render/plain.ts';
import { type Input, TOOLS, type ToolInput, type ToolName, type ToolSpec } from './table.ts';

/** Says in its message what to hand over instead: the model reads it. */
export class InputFault extends Error {
  override name = 'InputFault';
}

/** Null stands for what is left out: some models name all parameters. */
export function checkedInput<N extends ToolName>(tool: N, given: unknown): ToolInput<N> {
  const { properties, required }: ToolSpec = TOOLS[tool];
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given))) {
    throw new InputFault(`The input must be an object with ${namesOf(properties)}.`);
  }
  const values = new Map(Object.entries(given ?? {}).filter(([, value]) => value !== null && value !== undefined));
  for (const name of values.keys()) {
    // Left unheard, the answer would be to another question than was asked.
    if (!Object.hasOwn(properties, name)) {
      throw new InputFault(`There is no parameter ${shown(name)}, only ${namesOf(properties)}.`);
    }
  }
  for (const name of required) {
    if (!values.has(name)) throw new InputFault(`The parameter "${name}" is missing.`);
  }
  for (const [name, value] of values) {
    const fault = faultOf(properties[name], value);
    if (fault !== null) throw new InputFault(`"${name}" must be ${fault}, not ${shown(value)}.`);
  }
  return Object.fromEntries(values) as ToolInput<N>;
}

/** What the value must be instead; null where it is that. */
function faultOf(input: Input, value: unknown): string | null {
  if (input.type === 'integer') {
    const fits = Number.isInteger(value) && Number(value) >= input.minimum && Number(value) <= input.maximum;
    return fits ? null : `a whole number from ${input.minimum} to ${input.maximum}`;
  }
  if ('enum' in input) return input.enum.some((choice) => choice === value) ? null : `one of ${input.enum.join(', ')}`;
  const fits = typeof value === 'string' && value.trim() !== '' && value.length <= input.maxLength;
  return fits ? null : `text of 1 to ${input.maxLength} characters`;
}

function namesOf(properties: ToolSpec['properties']): string {
  return Object.keys(properties)
    .map((name) => `"${name}"`)
    .join(', ');
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(cut(value, 80));
  return typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : `a value of the type ${typeof value}`;
}
