/** The engine's thread: started at the first question, started anew after a crash. */
import { type LogOutputChannel, l10n, window } from 'vscode';
import type { Remote } from '../base/rpc.ts';
import type { EngineApi, Progress } from '../protocol.ts';
import { type EngineClient, startEngine } from '../worker/client.ts';

interface EngineThreadEvents {
  progress(root: string, progress: Progress): void;
  /** Every index is lost; the next question reads again. */
  crashed(): void;
}

export class EngineThread {
  private client: EngineClient | undefined;
  private crashes = 0;
  private readonly script: string;
  private readonly output: LogOutputChannel;
  private readonly events: EngineThreadEvents;

  constructor(script: string, output: LogOutputChannel, events: EngineThreadEvents) {
    this.script = script;
    this.output = output;
    this.events = events;
  }

  get engine(): Remote<EngineApi> {
    this.client ??= startEngine(
      this.script,
      { progress: async (root, progress) => this.events.progress(root, progress) },
      (error) => this.onCrash(error),
    );
    return this.client.engine;
  }

  dispose(): void {
    this.client?.dispose();
    this.client = undefined;
  }

  private onCrash(error: Error): void {
    this.client = undefined;
    this.output.error(error);
    this.events.crashed();
    // One message is enough: a log that brings the engine down does so at every question.
    this.crashes++;
    if (this.crashes === 1) void this.tell(error);
  }

  private async tell(error: Error): Promise<void> {
    const showOutput = l10n.t('Show Output');
    const text = l10n.t('Causeway stopped reading: {0}. It starts again when you next use it.', error.message);
    if ((await window.showErrorMessage(text, showOutput)) === showOutput) this.output.show();
  }
}
