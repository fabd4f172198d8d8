/** The editor's colours as the canvas needs them: read from its style variables, again at each change of theme. */
import { LEVELS } from '../../src/model.ts';

export interface Theme {
  background: string;
  foreground: string;
  muted: string;
  /** Lines between rows and of the grid. */
  line: string;
  /** Behind rows of resources. */
  tint: string;
  accent: string;
  /** Text on the accent. */
  onAccent: string;
  edge: string;
  label: string;
  /** In the order of LEVELS, then of entries without a level. */
  levels: readonly string[];
  /** Outlines instead of shades: shades are what high contrast is without. */
  highContrast: boolean;
  font: string;
  bold: string;
  small: string;
}

export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const color = (...names: string[]): string => {
    const fallback = names.pop() ?? '';
    for (const name of names) {
      const value = style.getPropertyValue(`--vscode-${name}`).trim();
      if (value !== '') return value;
    }
    return fallback;
  };
  const highContrast = document.body.className.includes('vscode-high-contrast');
  const foreground = color('editor-foreground', 'foreground', '#cccccc');
  const muted = highContrast ? foreground : color('descriptionForeground', '#9d9d9d');
  const contrast = color('contrastBorder', foreground);
  const family = color('font-family', 'system-ui, sans-serif');
  return {
    background: color('editor-background', '#1f1f1f'),
    foreground,
    muted,
    line: highContrast
      ? contrast
      : color('editorGroup-border', 'panel-border', 'widget-border', 'rgba(128,128,128,.3)'),
    tint: highContrast ? 'transparent' : color('editor-inactiveSelectionBackground', 'rgba(128,128,128,.12)'),
    accent: color('focusBorder', 'charts-blue', '#3794ff'),
    onAccent: highContrast ? color('editor-background', '#000000') : color('button-foreground', '#ffffff'),
    edge: highContrast ? foreground : color('symbolIcon-eventForeground', '#ee9d28'),
    label: color('editorWidget-background', 'editor-background', '#252526'),
    levels: levelColors(color, muted),
    highContrast,
    font: `12px ${family}`,
    bold: `600 13px ${family}`,
    small: `11px ${family}`,
  };
}

function levelColors(color: (...names: string[]) => string, muted: string): string[] {
  const byLevel: Record<(typeof LEVELS)[number], string> = {
    trace: muted,
    debug: muted,
    info: color('charts-blue', 'editorInfo-foreground', '#3794ff'),
    warn: color('charts-yellow', 'editorWarning-foreground', '#cca700'),
    error: color('charts-red', 'editorError-foreground', '#f14c4c'),
    fatal: color('charts-purple', '#b180d7'),
  };
  return [...LEVELS.map((level) => byLevel[level]), muted];
}

/** Calls back after the editor has changed its theme: it then changes the classes of the body. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}
