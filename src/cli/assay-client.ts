import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, ERROR_CODES, type ErrorCode } from '../domain/errors.ts';

/** How often a call is made when the server is too busy to answer. */
const MAX_TRIES = 5;
const FIRST_WAIT_MS = 250;

/** Calls the API of a running Assay. Answers are what the API documents; faults come back as the AppError they were. */
export class AssayClient {
  readonly baseUrl: string;
  readonly #proof: Readonly<Record<string, string>>;

  /** `proof` is an API key, or the headers of a session. */
  constructor(baseUrl: string, proof: string | Readonly<Record<string, string>>) {
    this.baseUrl = baseUrl.replace(/\/$/, '');
    this.#proof = typeof proof === 'string' ? { authorization: `Bearer ${proof}` } : proof;
  }

  /** The same server as the person who signs in. Throws AppError `auth.invalid`, `auth.second-factor-needed`. */
  async signIn(proof: {
    readonly login: string;
    readonly password: string;
    readonly code?: string;
  }): Promise<AssayClient> {
    const init = { method: 'POST', body: JSON.stringify(proof), headers: { 'content-type': 'application/json' } };
    const response = await this.#send('/v1/session', init);
    if (!response.ok) throw await readFault(response, '/v1/session');
    const cookie = response.headers.getSetCookie().map((one) => one.split(';')[0]);
    return new AssayClient(this.baseUrl, { cookie: cookie.join('; '), origin: new URL(this.baseUrl).origin });
  }

  get<Answer>(path: string): Promise<Answer> {
    return this.#call<Answer>(path, { method: 'GET' });
  }

  post<Answer>(path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.#call<Answer>(path, { method: 'POST', body: JSON.stringify(body), headers });
  }

  /** Sends JSON that is text already. */
  postText<Answer>(path: string, body: string): Promise<Answer> {
    return this.#call<Answer>(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  }

  /** An answer that may be large, as it comes. */
  async stream(path: string): Promise<ReadableStream<Uint8Array>> {
    const response = await this.#send(path, { method: 'GET' });
    if (!response.ok || response.body === null) throw await readFault(response, path);
    return response.body;
  }

  /** Sends a picture and gives the id of the upload. */
  async upload(bytes: Uint8Array): Promise<string> {
    const body = Uint8Array.from(bytes);
    const init = { method: 'POST', body, headers: { 'content-type': 'image/octet-stream' } };
    return (await this.#call<{ uploadId: string }>('/v1/pictures', init)).uploadId;
  }

  /** Sends a form with one file. */
  postForm<Answer>(path: string, fields: Readonly<Record<string, string>>, file: Uint8Array): Promise<Answer> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new Blob([Uint8Array.from(file)]), 'picture');
    return this.#call<Answer>(path, { method: 'POST', body: form });
  }

  async #call<Answer>(path: string, init: RequestInit): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#send(path, init);
      const isBusy = response.status === 429 || response.status === 503;
      if (isBusy && attempt < MAX_TRIES) {
        await response.arrayBuffer();
        await sleep(FIRST_WAIT_MS * 2 ** attempt);
        continue;
      }
      if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
      throw await readFault(response, path);
    }
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const headers = { ...init.headers, ...this.#proof };
    try {
      return await fetch(`${this.baseUrl}${path}`, { ...init, headers });
    } catch (cause) {
      throw new AppError('database.unavailable', `Assay does not answer at ${this.baseUrl}. Is it running?`, { cause });
    }
  }
}

async function readFault(response: Response, path: string): Promise<AppError> {
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    details?: { path: string; message: string }[];
  };
  const code = problem.code !== undefined && problem.code in ERROR_CODES ? problem.code : 'internal.unexpected';
  const message = problem.detail ?? `${path} answered ${response.status}.`;
  return new AppError(code as ErrorCode, message, { details: problem.details ?? [] });
}
