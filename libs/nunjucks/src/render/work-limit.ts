/** Why a rendering ends early; never leaves the renderer. */
export class RenderingStopped extends Error {
  override readonly name = 'RenderingStopped';

  constructor(readonly reason: 'too_long' | 'template_broken') {
    super(reason);
  }
}

/** WhatsApp takes no longer text (UTF-16 units). */
export const longestText = 4_096;

/** Steps of one rendering: a hundred times what the longest sensible template takes, still only a few milliseconds. */
const mostSteps = 50_000;

/** More items than any message lists; a longer loop is a bomb or a mistake. */
export const mostItems = 100;

/** Counts the work and the length of one rendering. Throws RenderingStopped beyond the limits. */
export class WorkLimit {
  private steps = 0;
  private length = 0;

  step(): void {
    this.steps += 1;
    if (this.steps > mostSteps) throw new RenderingStopped('template_broken');
  }

  /** Hands `text` back, unless it is longer than any message: no value may grow step by step beyond it. */
  bound(text: string): string {
    if (text.length > longestText) throw new RenderingStopped('too_long');
    return text;
  }

  /** Takes `text` of the message into the account and hands it back. */
  write(text: string): string {
    this.length += text.length;
    if (this.length > longestText) throw new RenderingStopped('too_long');
    return text;
  }
}
