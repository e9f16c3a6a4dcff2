import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { describeIssues } from '../../pipeline/parse-item.ts';
import { bankPictureFacts, submitBankPicture, withdrawBankPicture } from '../../pipeline/submit-bank-picture.ts';
import { idParams, problems, type ApiServer } from '../api-server.ts';
import { readFileForm } from '../one-file.ts';
import { BINARY } from '../openapi.ts';
import type { ServerDeps } from '../server-deps.ts';

const bankPictureForm = bankPictureFacts.extend({ isAdjudicated: z.stringbool().default(false) });

const { properties, required = [] } = z.toJSONSchema(bankPictureFacts, { io: 'input' });
const describedForm = { type: 'object', properties: { ...properties, file: BINARY }, required: [...required, 'file'] };

const bankPictureAnswer = z.object({
  id: z.string(),
  contentSha256: z.string(),
  status: z.enum(['accepted', 'unchanged']),
});

/** The banks of protected, counterfeit and negative pictures and of logos. */
export function bankPictureRoutes(server: ApiServer, deps: ServerDeps): void {
  const { pictureBytes } = deps.settings;
  server.post(
    '/v1/bank-pictures',
    {
      config: { access: ['marks:write'], describedBody: { 'multipart/form-data': describedForm } },
      bodyLimit: pictureBytes + 65_536,
      schema: {
        tags: ['marks'],
        summary: 'Put a picture into a bank: a form with bank, label, markId, rightsHolderId and one file',
        response: { 201: bankPictureAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { bytes, fields } = await readFileForm(request, pictureBytes);
      const facts = bankPictureForm.safeParse(fields);
      if (!facts.success) {
        const details = describeIssues(facts.error.issues);
        throw new AppError('request.invalid', 'The form does not fit the schema.', { details });
      }
      return reply.code(201).send(await submitBankPicture(deps.bankPictures, facts.data, bytes));
    },
  );

  server.delete(
    '/v1/bank-pictures/:id',
    {
      config: { access: ['marks:write'] },
      schema: {
        tags: ['marks'],
        summary: 'Take a picture out of its bank',
        params: idParams,
        response: { 204: z.undefined(), ...problems },
      },
    },
    async (request, reply) => {
      await withdrawBankPicture(deps.bankPictures, request.params.id);
      return reply.code(204).send();
    },
  );
}
