import Type from 'typebox';
import { clientScopes, networkOf } from '../../identity/door.ts';
import { Problem } from '../../platform/door.ts';
import { record } from '../recorded.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { answer } from './shapes.ts';

const jwtBearer = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
// What is not known is left alone (RFC 6749 3.2).
const TokenForm = Type.Object({
  grant_type: Type.String({ description: 'client_credentials' }),
  client_assertion_type: Type.String({ description: jwtBearer }),
  client_assertion: Type.String({
    maxLength: 4000,
    description: 'A JWT (RFC 7523) of five minutes at most, signed with a registered key',
  }),
  scope: Type.Optional(Type.String({ maxLength: 200, description: 'With blanks between; all of its own without' })),
});
const Token = Type.Object({
  access_token: Type.String(),
  token_type: Type.Enum(['Bearer']),
  expires_in: Type.Integer(),
  scope: Type.String(),
});
const refusal = {
  description: 'Why not (RFC 6749 5.2)',
  content: { 'application/json': { schema: Type.Object({ error: Type.String() }) } },
} as never;

/** Tokens for other systems: OAuth 2.0 client credentials, the client known by what it signs (private_key_jwt). */
export function registerToken(api: Api, site: Site): void {
  const { identity, clock, trail } = site.house;
  const { clients } = identity;

  api.post('/api/v1/token', {
    config: { signedBody: true },
    attachValidation: true,
    schema: {
      operationId: 'requestToken',
      summary: 'A token of ten minutes for another system',
      tags: ['session'],
      security: [],
      consumes: ['application/x-www-form-urlencoded'],
      body: TokenForm,
      response: { ...answer(Token), 400: refusal, 401: refusal },
    },
    handler: async (request, reply) => {
      const refuse = (status: 400 | 401, error: string) => reply.status(status).send({ error } as never);
      if (request.validationError) return refuse(400, 'invalid_request');
      const { grant_type, client_assertion_type, client_assertion, scope = '' } = request.body;
      if (grant_type !== 'client_credentials') return refuse(400, 'unsupported_grant_type');
      if (client_assertion_type !== jwtBearer) return refuse(400, 'invalid_request');
      const at = clock();
      try {
        const asked = scope.split(' ').filter(Boolean);
        const granted = await clients.token(client_assertion, asked, at, request.ip);
        const { id, region } = granted.client;
        await trail.record({
          ...{ region, at, kind: 'sign-in', what: 'client.token', who: { kind: 'client', id }, outcome: 'done' },
          ...{ from: networkOf(request.ip), requestId: request.id, detail: { scopes: granted.scopes.join(' ') } },
        });
        const { token, seconds, scopes } = granted;
        return { access_token: token, token_type: 'Bearer' as const, expires_in: seconds, scope: scopes.join(' ') };
      } catch (error) {
        if (!(error instanceof Problem) || !['client-unknown', 'scope-unknown'].includes(error.code)) throw error;
        const tooMany = error.params.minutes !== undefined;
        // Whoever goes on guessing shall not fill the trail.
        if (!tooMany)
          await record(site.house, request, {
            ...{ kind: 'sign-in', what: 'client.token', outcome: 'failed', detail: { problem: error.code } },
          });
        return error.code === 'scope-unknown' ? refuse(400, 'invalid_scope') : refuse(401, 'invalid_client');
      }
    },
  });

  // RFC 8414: what a library of OAuth wants to know.
  api.get('/.well-known/oauth-authorization-server', { schema: { hide: true } }, async () => ({
    issuer: clients.origin,
    token_endpoint: `${clients.origin}/api/v1/token`,
    grant_types_supported: ['client_credentials'],
    response_types_supported: [],
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['EdDSA', 'Ed25519', 'ES256', 'RS256'],
    scopes_supported: clientScopes,
    service_documentation: `${clients.origin}/api/openapi.json`,
  }));
}
