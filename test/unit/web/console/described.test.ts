/** The page of the API says what the document says: calls, what they take and answer, and how one is typed. */
import { describe, expect, it } from 'vitest';
import { type OpenApi, subjectsOf } from '../../../../src/web/console/api/described.ts';

const document: OpenApi = {
  paths: {
    '/api/v1/letters/{id}/release': {
      post: {
        summary: 'Lets it out',
        tags: ['letters'],
        parameters: [
          { name: 'id', in: 'path', schema: { type: 'string', pattern: '^[0-9]+$' } },
          {
            name: 'preview',
            in: 'query',
            description: 'Only say',
            schema: { type: 'string', enum: ['true', 'false'] },
          },
        ],
        requestBody: {
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Release' } } },
        },
        responses: {
          200: {
            description: 'The letter',
            content: {
              'application/json': { schema: { anyOf: [{ $ref: '#/components/schemas/Letter' }, { type: 'null' }] } },
            },
          },
          404: { description: 'None', content: { 'application/problem+json': { schema: { type: 'object' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      Release: {
        type: 'object',
        required: ['why'],
        properties: {
          why: { type: 'string', description: "Somebody's reason" },
          by: { type: 'string', format: 'email' },
        },
      },
      Letter: {
        type: 'object',
        required: ['id'],
        properties: {
          id: { type: 'string', example: '42' },
          sentAt: { type: ['string', 'null'], format: 'date-time' },
          inner: { type: 'array', items: { $ref: '#/components/schemas/Letter' } },
        },
      },
    },
  },
};

describe('a call', () => {
  const [subject] = subjectsOf(document, 'https://desk.example/');
  const call = subject?.calls[0];
  it('stands with its subject', () => {
    expect([subject?.name, call?.method, call?.path]).toEqual(['letters', 'POST', '/api/v1/letters/{id}/release']);
  });
  it('says what it takes', () => {
    expect(call?.parameters).toEqual([
      { name: 'id', where: 'path', required: true, type: 'text', about: '' },
      { name: 'preview', where: 'query', required: false, type: 'true or false', about: 'Only say' },
    ]);
    expect(call?.body?.fields.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['why', 'text', true],
      ['by', 'address', false],
    ]);
  });
  it('says what it answers, and ends where a schema holds itself', () => {
    const [found, none] = call?.answers ?? [];
    expect(found?.fields.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'text'],
      ['sentAt', 'time, ISO 8601 or null'],
      ['inner', 'list of Letter'],
    ]);
    expect(none).toMatchObject({ status: '404', fields: [] });
  });
  it('can be typed as it stands in a shell', () => {
    expect(call?.curl).toBe(
      `curl -X POST -H "Authorization: Bearer $API_TOKEN" -H 'content-type: application/json' -d '{"why":"text"}' 'https://desk.example/api/v1/letters/42/release'`,
    );
  });
});
