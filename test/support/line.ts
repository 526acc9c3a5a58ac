import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { atEnd } from './endings.ts';

/** A line to a database that can be cut, also while something is under way on it. */
export type Line = { url: string; cut(): void; mend(): void };

/** Lays a line to the database at an address; whoever uses the line's own address comes through it. */
export async function lineTo(url: string): Promise<Line> {
  const far = new URL(url);
  const ends = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket) => {
    ends.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => ends.delete(socket));
  };
  const server = createServer((near) => {
    keep(near);
    if (!whole) return near.destroy();
    const there = connect(Number(far.port), far.hostname);
    keep(there);
    near.pipe(there).pipe(near);
    near.on('close', () => there.destroy());
    there.on('close', () => near.destroy());
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    whole = false;
    for (const end of ends) end.destroy();
  };
  atEnd(() => {
    cut();
    server.close();
  });
  const near = new URL(url);
  near.port = String((server.address() as AddressInfo).port);
  near.hostname = '127.0.0.1';
  return {
    url: near.href,
    cut,
    mend: () => {
      whole = true;
    },
  };
}
