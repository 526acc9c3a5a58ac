import Type from 'typebox';
import { grantableRoles } from '../../identity/door.ts';
import { Instant, named } from './shapes.ts';

/** A role somebody holds; shared by lending and by administration. */
export const RoleName = Type.Enum([...grantableRoles, 'break-glass']);
export const PowerShape = named(
  'Power',
  'A role over a place and an agency, perhaps for one item or case only, perhaps for a time',
  Type.Object({
    id: Type.String(),
    role: RoleName,
    division: Type.String(),
    agency: Type.String(),
    item: Type.Optional(Type.String()),
    number: Type.Optional(Type.String({ description: 'Only this case' })),
    from: Type.Optional(Instant),
    until: Type.Optional(Instant),
    lentBy: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
  }),
);
