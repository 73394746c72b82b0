import { type PublisherFigures } from '@earlybird/core';
import { type EventFiguresView, type PublisherView } from './publisher-view.js';

const notRejected: readonly string[] = ['accepted', 'duplicate', 'late'];

/** The figures of each publisher: as a whole and per type. */
export function publisherViewsOf(figures: readonly PublisherFigures[]): readonly PublisherView[] {
  const publishers = [...new Set(figures.map(({ publisher }) => publisher))];
  return publishers.map((publisher) => {
    const own = figures.filter((one) => one.publisher === publisher);
    return {
      publisher,
      ...eventFiguresOf(own),
      by_type: own.map((one) => ({ event_type: one.eventType, ...eventFiguresOf([one]) })),
    };
  });
}

function eventFiguresOf(figures: readonly PublisherFigures[]): EventFiguresView {
  const rejected: Record<string, number> = {};
  const sums: Record<string, number> = {};
  for (const [result, count] of figures.flatMap(({ results }) => Object.entries(results))) {
    const account = notRejected.includes(result) ? sums : rejected;
    account[result] = (account[result] ?? 0) + count;
  }
  const { accepted = 0, duplicate = 0, late = 0 } = sums;
  return { accepted, duplicate, late, rejected };
}
