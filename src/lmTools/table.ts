/**
 * Every tool for language models there is, and what each takes, in one table. The manifest is held against it by a
 * test, so this file stays free of the editor's API.
 */
import { AUDIENCES } from '../render/explain/options.ts';

export interface TextInput {
  type: 'string';
  maxLength: number;
}

export interface ChoiceInput {
  type: 'string';
  enum: readonly string[];
}

export interface CountInput {
  type: 'integer';
  minimum: number;
  maximum: number;
}

export type Input = TextInput | ChoiceInput | CountInput;

export interface ToolSpec {
  properties: Readonly<Record<string, Input>>;
  required: readonly string[];
}

const COUNT = { type: 'integer', minimum: 1, maximum: 100 } as const;
const NAME = { type: 'string', maxLength: 200 } as const;

/** From the gravest down. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

export const TOOLS = {
  causeway_findEntries: {
    properties: { query: { type: 'string', maxLength: 1000 }, limit: COUNT },
    required: ['query'],
  },
  causeway_getTrace: {
    properties: { id: NAME },
    required: ['id'],
  },
  causeway_listAnomalies: {
    properties: { severity: { type: 'string', enum: SEVERITIES }, service: NAME, limit: COUNT },
    required: [],
  },
  causeway_explainIncident: {
    properties: { audience: { type: 'string', enum: AUDIENCES } },
    required: [],
  },
} as const satisfies Record<string, ToolSpec>;

export type ToolName = keyof typeof TOOLS;

type ValueOf<I> = I extends CountInput ? number : I extends { enum: readonly (infer Choice)[] } ? Choice : string;
type InputOf<S extends ToolSpec> = {
  [K in keyof S['properties']]: ValueOf<S['properties'][K]> | (K extends S['required'][number] ? never : undefined);
};

/** What a tool takes, once it is checked. */
export type ToolInput<N extends ToolName> = InputOf<(typeof TOOLS)[N]>;
