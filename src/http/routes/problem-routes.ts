import { z } from 'zod';
import { AppError, ERROR_CODES, type ErrorCode } from '../../domain/errors.ts';
import { problems, type ApiServer } from '../api-server.ts';

const codeInfo = z.object({
  code: z.string(),
  status: z.int(),
  title: z.string(),
  isRetryable: z.boolean(),
  remedy: z.string(),
});

const isCode = (text: string): text is ErrorCode => Object.hasOwn(ERROR_CODES, text);
const toInfo = (code: ErrorCode): z.infer<typeof codeInfo> => ({ code, ...ERROR_CODES[code] });

/** The pages to which the `type` of a problem points: JSON for programs, a plain page for people. */
export function problemRoutes(server: ApiServer): void {
  server.get(
    '/problems',
    {
      config: { access: 'public' },
      schema: {
        tags: ['operation'],
        summary: 'Every error code',
        response: { 200: z.object({ items: z.array(codeInfo) }) },
      },
    },
    async () => ({ items: (Object.keys(ERROR_CODES) as ErrorCode[]).map(toInfo) }),
  );

  server.get(
    '/problems/:code',
    {
      config: { access: 'public' },
      schema: {
        tags: ['operation'],
        summary: 'What an error code means and what to do about it',
        params: z.strictObject({ code: z.string().max(100) }),
        response: { 200: codeInfo, ...problems },
      },
    },
    async (request, reply) => {
      const { code } = request.params;
      if (!isCode(code)) throw new AppError('resource.not-found', 'There is no such error code; /problems lists them.');
      const info = toInfo(code);
      if (request.headers.accept?.includes('text/html') !== true) return info;
      reply.type('text/html; charset=utf-8').serializer((page: string) => page);
      return reply.send(renderPage(info) as unknown as typeof info);
    },
  );
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

function renderPage({ code, status, title, isRetryable, remedy }: z.infer<typeof codeInfo>): string {
  const again = isRetryable ? 'The same call may succeed later.' : 'The same call will fail again.';
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<h1>${escapeHtml(title)}</h1>
<p><code>${escapeHtml(code)}</code>, HTTP status ${status}. ${again}</p>
<p>${escapeHtml(remedy)}</p></html>
`;
}
