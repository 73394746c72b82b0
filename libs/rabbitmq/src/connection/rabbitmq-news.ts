/** Which of the two connections of a process. */
export type ConnectionRole = 'publish' | 'consume';

/** What happens between this process and the broker. Each kind is a log event of the same name with the same fields. */
export type RabbitmqNews =
  | {
      readonly kind: 'waiting_for_server';
      readonly server: 'RabbitMQ';
      readonly address: string;
      readonly reason: string;
      readonly waitMs: number;
      readonly waitedMs: number;
    }
  | {
      readonly kind: 'server_reached';
      readonly server: 'RabbitMQ';
      readonly address: string;
      readonly waitedMs: number;
    }
  | {
      readonly kind: 'connection_lost';
      readonly server: 'RabbitMQ';
      readonly context: ConnectionRole;
      readonly reason: string;
    }
  | {
      readonly kind: 'connection_restored';
      readonly server: 'RabbitMQ';
      readonly context: ConnectionRole;
      readonly waitedMs: number;
    }
  | { readonly kind: 'broker_blocked'; readonly reason: string }
  | { readonly kind: 'broker_unblocked'; readonly waitedMs: number }
  | { readonly kind: 'topology_wrong'; readonly detail: string }
  | { readonly kind: 'consuming_started'; readonly queue: string; readonly count: number }
  | { readonly kind: 'consuming_paused'; readonly queue: string; readonly reason: string; readonly detail?: string }
  | { readonly kind: 'consuming_resumed'; readonly queue: string; readonly waitedMs: number }
  | { readonly kind: 'consumer_attached_again'; readonly queue: string; readonly reason: string }
  | {
      readonly kind: 'envelope_failed';
      readonly queue: string;
      readonly error: unknown;
      readonly notificationId?: string;
      readonly correlationId?: string;
    }
  | { readonly kind: 'envelope_unreadable'; readonly queue: string; readonly detail: string };

/** Who wants to know (log lines, metrics). Must not throw and must not block. */
export interface RabbitmqObserver {
  report(news: RabbitmqNews): void;
}

/** Nobody. */
export const silentObserver: RabbitmqObserver = { report: () => undefined };
