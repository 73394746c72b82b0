/**
 * Loaded into every app that `npm start` starts: when the channel to it closes, `npm start` is gone, even if by SIGKILL, and the app
 * ends as if it had been asked to.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
