// Talks to the router: fetches, and reads the stream of events. Where the router wants a token, the browser has asked for it and sends it.

const HOME = new URL("..", import.meta.url);

export class NeedsToken extends Error {}

export class Refused extends Error {}

async function open(path, headers) {
  const response = await fetch(new URL(path, HOME), { headers, cache: "no-store", credentials: "same-origin", redirect: "error" });
  if (response.status === 401 || response.status === 403) throw new NeedsToken(await response.text());
  if (response.status === 400) throw new Refused((await response.json()).errors.join("; "));
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response;
}

export async function json(path) {
  return (await open(path, { Accept: "application/json" })).json();
}

/** Reads events until the connection ends. */
export async function readEvents(lastId, onOpen, onEvent) {
  const response = await open("events", lastId ? { Accept: "text/event-stream", "Last-Event-ID": lastId } : { Accept: "text/event-stream" });
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const fields = Object.fromEntries(event.split("\n").map(line => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]));
      if (fields.data) onEvent(fields.id, fields.event, JSON.parse(fields.data));
    }
  }
}
