import type { IncomingMessage, ServerResponse } from 'node:http';

/** Pieces that wait to be read, at the most: then the line is not read any further. */
const PIECES_WAITING = 8;

/**
 * A request as the tus server takes it. Node's own way there copies every piece of a body; here they go on as they came. A line
 * that is cut ends the body where it is, and what came of it is kept.
 */
export function webRequest(message: IncomingMessage): Request {
  const { method = 'GET', url = '/', headers } = message;
  const named = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
  const body = method === 'PATCH' || method === 'POST' ? { body: bodyOf(message), duplex: 'half' as const } : {};
  return new Request(new URL(url, 'http://platform'), { method, headers: named, ...body });
}

function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      start(controller) {
        let isOpen = true;
        const close = (): void => {
          if (isOpen) controller.close();
          isOpen = false;
        };
        message.on('data', (piece: Buffer) => {
          if (!isOpen) return;
          controller.enqueue(piece);
          if ((controller.desiredSize ?? 0) <= 0) message.pause();
        });
        for (const end of ['end', 'error', 'close'] as const) message.once(end, close);
      },
      pull() {
        message.resume();
      },
      cancel() {
        message.resume();
      },
    },
    { highWaterMark: PIECES_WAITING },
  );
}

/** An answer of the tus server goes out. */
export async function sendAnswer(answer: Response, to: ServerResponse): Promise<void> {
  const text = await answer.text();
  to.writeHead(answer.status, Object.fromEntries(answer.headers)).end(text);
}
