/** A fault as the API tells it (RFC 9457). */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** Calls the API with the session's cookie. */
export async function callApi<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch {
    throw new ApiFault(503, 'console.offline', 'Assay does not answer. Is it still running?');
  }
  if (response.status === 204) return undefined as Answer;
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body as Answer;
  const problem = body as { code?: string; detail?: string; title?: string };
  throw new ApiFault(
    response.status,
    problem.code ?? 'internal.unexpected',
    problem.detail ?? problem.title ?? `The server answered ${response.status}.`,
  );
}

/** Sends JSON. */
export const postJson = <Answer>(path: string, body: unknown): Promise<Answer> =>
  callApi<Answer>(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

/** Address of a picture's preview. */
export const previewUrl = (contentSha256: string): string => `/v1/pictures/${contentSha256}/preview`;
