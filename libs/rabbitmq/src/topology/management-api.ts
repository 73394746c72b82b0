import { AppError } from '@earlybird/core';

/** Longer than the import of all definitions takes on a busy broker (quorum queues elect leaders: about 5 s). */
const requestTimeoutMs = 30_000;

/** A broker that has just started serves clients seconds before its statistics answer: until then `/overview` is a 500. */
const startingForMs = 20_000;
const lookAgainMs = 250;

/** The management HTTP API of RabbitMQ, as far as the topology needs it. */
export class ManagementApi {
  readonly #base: string;
  readonly #address: string;
  readonly #authorization: string;

  /** `url` carries user and password: `http://admin:secret@host:15672`. Neither appears in an error. */
  constructor(url: string) {
    const { protocol, host, pathname, username, password } = new URL(url);
    this.#address = `${protocol}//${host}`;
    this.#base = `${this.#address}${pathname.replace(/\/$/, '')}/api`;
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.#authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  }

  /** The parsed answer. `path` starts with a slash, its parts URL-encoded. Throws AppError `broker_unavailable` or `topology_differs`. */
  async get(path: string): Promise<unknown> {
    const end = performance.now() + startingForMs;
    for (;;) {
      const response = await this.#ask('GET', path);
      if (response.status !== 500 || performance.now() > end)
        return (await this.#demandOk('GET', path, response)).json();
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
    }
  }

  async post(path: string, body: unknown): Promise<void> {
    await this.#request('POST', path, body);
  }

  async put(path: string, body: unknown = {}): Promise<void> {
    await this.#request('PUT', path, body);
  }

  async delete(path: string): Promise<void> {
    await this.#request('DELETE', path);
  }

  async #request(method: string, path: string, body?: unknown): Promise<Response> {
    return this.#demandOk(method, path, await this.#ask(method, path, body));
  }

  #ask(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#base}${path}`, {
      method,
      headers: { authorization: this.#authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(requestTimeoutMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((cause: unknown) => {
      throw new AppError('broker_unavailable', `The management API at ${this.#address} does not answer.`, { cause });
    });
  }

  async #demandOk(method: string, path: string, response: Response): Promise<Response> {
    if (response.ok) return response;
    const said = (await response.text()).slice(0, 500);
    if (response.status === 401)
      throw new AppError('broker_unavailable', `The management API at ${this.#address} refuses the user or password.`);
    throw new AppError(
      response.status >= 500 ? 'broker_unavailable' : 'topology_differs',
      `${method} ${path} at ${this.#address} answered ${response.status}: ${said}`,
    );
  }
}
