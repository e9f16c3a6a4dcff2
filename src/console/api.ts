import { currentLanguage } from './language/use-language.ts';
import { shellTexts } from './texts/shell-texts.ts';

/** A fault as the API tells it (RFC 9457). */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: string;
  /** Everything that the API told, with the members that a code adds. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, code: string, message: string, problem: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.problem = problem;
  }
}

/** Calls the API with the session's cookie. */
export async function callApi<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const texts = shellTexts[currentLanguage()];
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: { accept: 'application/json', ...init.headers } });
  } catch {
    throw new ApiFault(503, 'console.offline', texts.offline);
  }
  if (response.status === 204) return undefined as Answer;
  const body: unknown = await response.json().catch(() => ({}));
  if (response.ok) return body as Answer;
  const problem = body as { code?: string; detail?: string; title?: string };
  throw new ApiFault(
    response.status,
    problem.code ?? 'internal.unexpected',
    problem.detail ?? problem.title ?? texts.statusOnly(response.status),
    problem as Readonly<Record<string, unknown>>,
  );
}

/** Sends JSON. */
export const sendJson = <Answer>(method: 'POST' | 'PUT' | 'PATCH', path: string, body: unknown): Promise<Answer> =>
  callApi<Answer>(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** Posts JSON. */
export const postJson = <Answer>(path: string, body: unknown = {}): Promise<Answer> =>
  sendJson<Answer>('POST', path, body);

/** Address of a picture's preview. */
export const previewUrl = (contentSha256: string): string => `/v1/pictures/${contentSha256}/preview`;
