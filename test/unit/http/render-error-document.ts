import { format, resolveConfig } from 'prettier';
import { ERROR_CODES } from '../../../src/domain/errors.ts';

/** The page docs/errors.md: every code of the table, formatted as the project formats it. */
export async function renderErrorDocument(): Promise<string> {
  const rows = Object.entries(ERROR_CODES).map(
    ([code, { status, title, isRetryable, remedy }]) =>
      `| \`${code}\` | ${status} | ${title} | ${isRetryable ? 'yes' : 'no'} | ${remedy} |`,
  );
  const text = `# Errors

Every fault that Assay tells is one of these codes: over HTTP as \`application/problem+json\` (RFC 9457), for an item of
a batch in its \`code\`, for a check that could not be completed in its \`error\`, for a job on the list of dead letters.

\`\`\`json
{
  "type": "/problems/item.invalid",
  "title": "The item does not fit the schema",
  "status": 422,
  "detail": "The item “l-17” was not taken: priceMinor is missing: number.",
  "instance": "urn:uuid:0192f5d0-0000-7000-8000-000000000000",
  "code": "item.invalid",
  "details": [{ "path": "priceMinor", "message": "is missing: number" }]
}
\`\`\`

\`type\` is an address on the same server that explains the code. \`instance\` names the occurrence: the log holds the
same id. *Again* tells whether the same call may succeed later without a change.

This page is made from \`src/domain/errors.ts\`; \`npx vitest run --project units error-document --update\` writes it anew.

| Code | Status | Meaning | Again | What to do |
| --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
  return format(text, { ...(await resolveConfig(import.meta.filename)), parser: 'markdown' });
}
