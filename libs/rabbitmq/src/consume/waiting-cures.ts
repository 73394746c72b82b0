import { AppError, isLostInfrastructure } from '@earlybird/core';

/**
 * True for errors that are nobody's envelope's fault: a server is away, or the broker lacks a queue. The envelope is held and
 * its handling repeated; counting such deliveries would park what is innocent.
 */
export function waitingCures(error: unknown): error is AppError {
  if (isLostInfrastructure(error)) return true;
  if (!(error instanceof AppError)) return false;
  return error.code === 'publish_returned' || error.code === 'topology_missing' || error.code === 'topology_differs';
}
