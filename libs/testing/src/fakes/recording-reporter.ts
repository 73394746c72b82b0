import type { Happening, Reporter } from '@earlybird/core';

/** Remembers what was reported. */
export class RecordingReporter implements Reporter {
  readonly happenings: Happening[] = [];

  report(happening: Happening): void {
    this.happenings.push(happening);
  }

  /** Everything reported of one kind, in order. */
  of<Kind extends Happening['kind']>(kind: Kind): readonly Extract<Happening, { readonly kind: Kind }>[] {
    return this.happenings.filter(
      (happening): happening is Extract<Happening, { readonly kind: Kind }> => happening.kind === kind,
    );
  }
}
