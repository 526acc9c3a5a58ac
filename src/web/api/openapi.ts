import type { SwaggerOptions } from '@fastify/swagger';
import type { ClientScope } from '../../identity/door.ts';

const scopeWords: Record<ClientScope, string> = {
  'case.read': 'One case, without what was answered',
  'case.search': 'Lists of cases',
  'watch.read': 'Figures and the cases behind them',
};

/** The head of the description; the rest is made from the shapes of the routes. */
export const description: NonNullable<Extract<SwaggerOptions, { openapi?: unknown }>['openapi']> = {
  openapi: '3.1.0',
  info: {
    title: 'Tongban 通办',
    version: '1',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } as never,
    description:
      'What the pages do, by the same acts and the same policy; docs/api-pages.md names the operations of every page, and the pages that have none with the reason. Other systems reach only what names their scope. Read /api/v1/session for a token, send it in the header x-csrf-token with every request that changes something, and keep the cookies. What makes something takes an id of yours in the header idempotency-key: sent again with it after a lost answer, a request takes effect once. Problems are RFC 9457 documents, in Chinese or, with Accept-Language: en, in English.',
  },
  tags: [
    { name: 'session', description: 'Who asks' },
    { name: 'catalogue', description: 'What can be done here and what it asks for' },
    { name: 'drafts', description: 'Filling in and submitting' },
    { name: 'files', description: 'Materials' },
    { name: 'cases', description: '办件: reading and acting' },
    { name: 'desk', description: 'What waits for whom' },
    { name: 'rating', description: '好差评' },
    { name: 'own data', description: 'What is kept of the reader, and what they may ask about it' },
    { name: 'account', description: 'How one signs in, and lending one’s powers' },
    { name: 'organisations', description: 'Acting for an organisation' },
    { name: 'emergency', description: 'Opening a case outside of one’s reach, and the review of it' },
    { name: 'administration', description: 'What the administrators do' },
    { name: 'watch', description: 'Figures and the cases behind them' },
  ],
  components: {
    securitySchemes: {
      session: { type: 'apiKey', in: 'cookie', name: 'tb_session', description: 'Set by signing in' },
      token: {
        type: 'apiKey',
        in: 'header',
        name: 'x-csrf-token',
        description: 'From /api/v1/session; for all but GET',
      },
      client: {
        type: 'oauth2',
        description: 'Another system with a token of its own (RFC 6749 4.4, RFC 7523)',
        flows: { clientCredentials: { tokenUrl: '/api/v1/token', scopes: scopeWords } },
      },
    },
  },
  security: [{ session: [], token: [] }],
};
