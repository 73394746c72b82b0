/** How urgent: `page` wakes somebody, `ticket` waits for the morning. */
export type Urgency = 'page' | 'ticket';

/** One thing that Prometheus watches, and its entry in the runbook. */
export interface AlertRule {
  /** PascalCase; the heading in the runbook. */
  readonly name: string;
  /** PromQL, in the subset that `evaluate` understands. */
  readonly expression: string;
  /** How long the expression must hold, as Prometheus writes it. */
  readonly holdsFor: string;
  readonly urgency: Urgency;
  /** What is so, in one sentence. */
  readonly summary: string;
  /** What it means for customers and for what waits. */
  readonly meaning: string;
  /** How to see it. */
  readonly look: string;
  /** The one command that mends it, or says what will. */
  readonly command: string;
  /** What the command leaves to do. */
  readonly then: string;
}
