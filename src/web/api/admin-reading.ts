import Type from 'typebox';
import { actions, rules } from '../../identity/door.ts';
import { AssessmentShape } from '../../rights/door.ts';
import { openAdmin } from '../admin/admin.ts';
import type { Site } from '../site.ts';
import type { Api } from './api.ts';
import { answer } from './shapes.ts';

const Policy = Type.Object({
  actions: Type.Array(
    Type.Object({
      action: Type.String(),
      reach: Type.Record(Type.String(), Type.String(), { description: 'By role, how far it reaches' }),
    }),
  ),
});

const tags = ['administration'];

/** What administrators read and nobody changes here: the impact assessments and the policy itself. */
export function registerReading(api: Api, site: Site): void {
  const { assessments } = site.house.rights;

  api.get('/api/v1/admin/assessments', {
    schema: {
      operationId: 'listAssessments',
      summary: 'Impact assessments, as their files say',
      tags,
      response: answer(Type.Object({ assessments: Type.Array(AssessmentShape) })),
    },
    handler: async (request) => {
      openAdmin(site, request, 'assessment.read');
      return { assessments };
    },
  });
  api.get('/api/v1/admin/policy', {
    schema: {
      operationId: 'readPolicy',
      summary: 'Who may do what, from the very rules that are asked',
      tags,
      response: answer(Policy),
    },
    handler: async (request) => {
      openAdmin(site, request, 'policy.read');
      return { actions: actions.map((action) => ({ action, reach: { ...rules[action] } })) };
    },
  });
}
