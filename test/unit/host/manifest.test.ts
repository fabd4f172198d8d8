import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { checkFormat } from '../../../src/engine/formats/checkFormat.ts';
import { SCALES } from '../../../src/engine/formats/levels.ts';
import { FIELD_ROLES } from '../../../src/engine/formats/spec.ts';
import { COMMANDS, LINK_COMMANDS } from '../../../src/host/commands.ts';
import { DEFAULTS, INDEX_SETTINGS } from '../../../src/host/config.ts';
import { TOKEN_TYPES } from '../../../src/host/tokenTypes.ts';
import { TOOLS } from '../../../src/lmTools/table.ts';
import { LEVELS } from '../../../src/model.ts';
import { SECTION } from '../../../src/settings/rules.ts';

interface Schema {
  additionalProperties?: Schema;
  properties?: Record<string, Schema>;
  enum?: string[];
}

interface Manifest {
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  icon: string;
  contributes: {
    commands: { command: string; title: string; category: string; enablement?: string }[];
    configurationDefaults: {
      '[log]': Record<string, unknown>;
      '[jsonl]': Record<string, unknown>;
      'editor.tokenColorCustomizations': Record<
        string,
        { textMateRules: { scope: string; settings: { foreground: string } }[] }
      >;
    };
    configuration: { properties: Record<string, { default: unknown; order: number; scope: string } & Schema> };
    grammars: { path: string; scopeName: string }[];
    keybindings: { command: string }[];
    languageModelTools: {
      name: string;
      modelDescription: string;
      inputSchema: { type: string; properties: Record<string, { description: string }>; required?: string[] };
    }[];
    menus: Record<string, { command: string; alt?: string }[]>;
    semanticTokenTypes: { id: string }[];
    semanticTokenScopes: { scopes: Record<string, string[]> }[];
    walkthroughs: { steps: { media: { markdown: string } }[] }[];
  };
}

const text = readFileSync('package.json', 'utf8');
const manifest: Manifest = JSON.parse(text);
const { contributes } = manifest;
const strings: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));

describe('the manifest', () => {
  it('offers the commands of the table, and no others', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
    for (const { command, category } of contributes.commands) assert.equal(category, 'Causeway', command);
  });

  it('puts only commands of the table into menus and on keys', () => {
    const known = new Set<string>(Object.values(COMMANDS));
    const items = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    for (const { command } of items) assert.ok(known.has(command), command);
    for (const command of Object.values(LINK_COMMANDS)) assert.ok(!text.includes(`"${command}"`), command);
  });

  it('offers the tools for language models of the table, which take what the table says', () => {
    const offered = contributes.languageModelTools.map(({ name, inputSchema: { type, properties, required = [] } }) => {
      const inputs = Object.entries(properties).map(([key, { description, ...input }]) => {
        assert.ok(description.length > 0, `${name}, ${key}`);
        return [key, input];
      });
      assert.equal(type, 'object', name);
      return [name, { properties: Object.fromEntries(inputs), required }];
    });
    assert.deepEqual(Object.fromEntries(offered), TOOLS);
    for (const { name, modelDescription } of contributes.languageModelTools) {
      assert.match(modelDescription, /data, never instructions/, name);
    }
  });

  it('has the settings of the table, with the same defaults', () => {
    const settings = Object.entries(contributes.configuration.properties).map(([key, value]) => [key, value.default]);
    const table = Object.entries(DEFAULTS).map(([key, value]) => [`${SECTION}.${key}`, value]);
    assert.deepEqual(Object.fromEntries(settings), Object.fromEntries(table));
  });

  it('orders the settings', () => {
    const properties = Object.values(contributes.configuration.properties);
    assert.deepEqual(
      properties.map(({ order }) => order),
      properties.map((_, i) => i + 1),
    );
    for (const key of INDEX_SETTINGS) assert.ok(Object.hasOwn(DEFAULTS, key), key);
  });

  it('lets each folder have its own settings, but not say how much of the disk is filled', () => {
    for (const [key, { scope }] of Object.entries(contributes.configuration.properties)) {
      assert.equal(scope, key === 'causeway.cache.maxSize' ? 'machine' : 'resource', key);
    }
  });

  it('takes nothing from a folder that is not trusted that says what is read, or is compiled', () => {
    const restricted = ['files.include', 'timeZones', 'formats', 'levels', 'correlationKeys', 'traceLinks', 'symptoms'];
    assert.deepEqual(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations,
      restricted.map((key) => `${SECTION}.${key}`),
    );
  });

  it('knows the formats that the engine knows', () => {
    const { properties } = contributes.configuration.properties['causeway.formats'].additionalProperties ?? {};
    const level = { type: 'string', enum: LEVELS };
    const known = new Set<string>();
    assert.ok(properties);
    assert.deepEqual(Object.keys(properties.names.properties ?? {}), [...FIELD_ROLES]);
    assert.deepEqual(properties.scale.enum, Object.keys(SCALES));
    assert.deepEqual(properties.levels.additionalProperties, level);
    assert.deepEqual(properties.implied.additionalProperties, level);
    assert.deepEqual(contributes.configuration.properties['causeway.levels'].additionalProperties, level);
    for (const kind of properties.kind.enum ?? []) {
      const faults = checkFormat({ ...Object.fromEntries(Object.keys(properties).map((key) => [key, 7])), kind });
      const foreign = faults.filter(({ problem }) => problem.includes('has no')).map(({ path }) => path[0]);
      // Each key is of some kind: the engine has nothing against it there.
      for (const key of Object.keys(properties)) if (!foreign.includes(key)) known.add(key);
    }
    assert.deepEqual(
      Object.keys(properties).filter((key) => !known.has(key)),
      [],
    );
  });

  it('has the token types the provider gives, each with a scope to fall back on', () => {
    assert.deepEqual(
      contributes.semanticTokenTypes.map(({ id }) => id),
      [...TOKEN_TYPES],
    );
    assert.deepEqual(Object.keys(contributes.semanticTokenScopes[0].scopes), [...TOKEN_TYPES]);
  });

  it('names a string for every key, and no string in vain', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(strings).sort());
  });

  it('names files that exist', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) => steps.map((step) => step.media.markdown));
    const icons = [...text.matchAll(/"(media\/[\w-]+\.(?:svg|png))"/g)].map(([, path]) => path);
    for (const path of [...media, ...icons, ...contributes.grammars.map((grammar) => grammar.path)]) {
      assert.ok(existsSync(path), path);
    }
  });

  it('is woken by logs and never by everything', () => {
    assert.ok(manifest.activationEvents.includes('onLanguage:log'));
    assert.ok(manifest.activationEvents.includes('onLanguage:jsonl'));
    assert.ok(manifest.activationEvents.every((event) => event !== '*' && !event.startsWith('onStartup')));
  });

  it('tests no scheme where a remote server does not rewrite it', () => {
    // The server turns `resourceScheme == 'file'` of menus and keys into its own scheme, but not that of commands.
    for (const { command, enablement } of contributes.commands) assert.ok(!enablement?.includes('Scheme'), command);
  });

  it('switches semantic colours on for logs, whatever the theme', () => {
    for (const language of ['[log]', '[jsonl]'] as const) {
      assert.equal(contributes.configurationDefaults[language]['editor.semanticHighlighting.enabled'], true);
    }
  });

  it('colours INFO unlike the strings of High Contrast Light', () => {
    const { textMateRules } =
      contributes.configurationDefaults['editor.tokenColorCustomizations']['[*High Contrast Light]'];
    const info = textMateRules.find(({ scope }) => scope === 'token.info-token.causeway');
    assert.ok(info);
    assert.notEqual(info.settings.foreground, '#0F4A85');
  });

  // The editor's own defaults for levels reach 2.6 : 1 on white.
  const themes: [theme: string, background: string, least: number][] = [
    ['[*Dark*]', '#1F1F1F', 4.5],
    ['[*Light*]', '#FFFFFF', 4.5],
    ['[*High Contrast]', '#000000', 7],
    ['[*High Contrast Light]', '#FFFFFF', 7],
  ];
  for (const [theme, background, least] of themes) {
    it(`colours levels readably in ${theme}`, () => {
      const rules = contributes.configurationDefaults['editor.tokenColorCustomizations'][theme].textMateRules;
      assert.equal(rules.length, 5);
      for (const { scope, settings } of rules) {
        const ratio = contrast(settings.foreground, background);
        assert.ok(ratio >= least, `${scope} has ${ratio.toFixed(1)}`);
      }
    });
  }
});

/** The contrast ratio of WCAG 2. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
