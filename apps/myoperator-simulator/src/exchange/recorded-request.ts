import { hash } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';
import { type Contract } from '../contract/sent-message.js';
import { journalVersion, type Ending, type JournalLine, type RequestNames } from '../journal/journal-line.js';

/** Takes lines of the journal. */
export type LineSink = (line: JournalLine) => void;

/** What is known at the end of a request. */
export interface RequestEnd {
  readonly ending: Ending;
  readonly status?: number;
  readonly fault?: string;
}

/**
 * One request in the journal: it arrives, it may be delivered, it ends; each is one line, written at once.
 * The end is written once, however many ways lead to it.
 */
export class RecordedRequest {
  private messageId: string | undefined;
  private ended = false;
  /** Whether the request counts as a try of a recipient that is known for its behaviour. */
  recipientTried = false;

  constructor(
    readonly id: string,
    private readonly contract: Contract,
    private readonly names: RequestNames,
    private readonly write: LineSink,
  ) {
    this.write({ ...this.head('arrival') });
  }

  /** The customer has the message. */
  deliver(messageId: string): void {
    this.messageId = messageId;
    this.write({ ...this.head('delivery'), messageId });
  }

  end({ ending, status, fault }: RequestEnd): void {
    if (this.ended) return;
    this.ended = true;
    this.write({
      ...this.head('end'),
      ending,
      ...(status !== undefined && { status }),
      delivered: this.messageId !== undefined,
      ...(this.messageId !== undefined && { messageId: this.messageId }),
      ...(fault !== undefined && { fault }),
      recipientTried: this.recipientTried,
    });
  }

  private head<Kind extends JournalLine['kind']>(kind: Kind) {
    return {
      v: journalVersion,
      kind,
      request: this.id,
      at: new Date().toISOString(),
      contract: this.contract,
      ...this.names,
    } as const;
  }
}

/** The names of a request: what its headers say, and what its body says, well-formed or not. */
export function namesOf(
  headers: IncomingHttpHeaders,
  body: Readonly<Record<string, unknown>> | undefined,
): RequestNames {
  return {
    ...named('recipient', recipientIn(body)),
    ...named('reference', textOf(body?.['myop_ref_id'])),
    ...named('notificationId', textOf(headers['x-notification-id'])),
    ...named('attempt', textOf(headers['x-attempt'])),
    ...named('textHash', textHash(body)),
  };
}

function recipientIn(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const [country, number] = [textOf(body?.['customer_country_code']), textOf(body?.['customer_number'])];
  return (
    textOf(body?.['recipient']) ?? (country !== undefined && number !== undefined ? `+${country}${number}` : undefined)
  );
}

/** The hash of what the customer would read, so that equal messages can be told from different ones. */
function textHash(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const content = body?.['message'] ?? body?.['data'];
  if (content === undefined) return undefined;
  return hash('sha256', typeof content === 'string' ? content : JSON.stringify(content), 'hex').slice(0, 16);
}

/** A caller's text, cut where no honest name is that long: it goes into the journal. */
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 256) : undefined);

function named<Name extends string>(name: Name, value: string | undefined): { readonly [key in Name]?: string } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [key in Name]?: string };
}
