import { age, byId, clock, count, el, ms, now } from "./dom.js";

const HOUR = 3600000;
const MOST = 1000;
const list = byId("timeline");
const strip = byId("strip");
let entries = [];

const names = (hosts, total = hosts.length) => hosts.slice(0, 4).join(", ") + (total > 4 ? ` and ${total - 4} more` : "");

const kinds = { failover: "to fail over", create: "to create", repair: "to bring in line", delete: "to delete" };

/** What an event says to people: a tone, a headline and what explains it; null for one that needs no telling. */
function tell(type, data) {
  switch (type) {
    case "failover": {
      const to = Object.entries(data.to).map(([router, routes]) => `${router} (${routes})`);
      const parts = [ms(data.decision_ms) && `decision ${ms(data.decision_ms)}`, ms(data.api_ms) && `first EC2 answer ${ms(data.api_ms)}`].filter(Boolean).join(", ");
      if (!data.complete) return { tone: "bad", head: `${data.from} is being replaced`, took: null, why: `${count(data.moved, "route")} moved, ${count(data.remaining, "route")} to go${data.refused ? `, ${count(data.refused, "write")} refused` : ""}. ${data.reason}` };
      if (data.moved === 0) return { tone: "plain", head: `${data.from} didn't have to be replaced`, took: null, why: data.reason };
      return { tone: "moved", head: `${count(data.moved, "route")} moved from ${data.from} to ${names(to)}`, took: ms(data.total_ms), why: `${data.reason}${parts ? `; ${parts}` : ""}` };
    }
    case "verdict": {
      const said = [data.failed.length && `${names(data.failed)} failed`, data.questionable.length && `${names(data.questionable)} questionable`, data.recovered.length && `${names(data.recovered)} back`].filter(Boolean);
      if (said.length === 0) return data.first ? { tone: "good", head: "First health report: every host is healthy", why: `seen by ${data.observer}` } : null;
      return { tone: data.failed.length ? "bad" : data.questionable.length ? "warn" : "good", head: said.join("; "), why: `seen by ${data.observer}; ${data.failed_total} failed, ${data.questionable_total} questionable in all` };
    }
    case "spec": return { tone: "plain", head: "Another route spec is in force", why: `${count(data.destinations, "destination")}, ${count(data.hosts, "host")}` };
    case "plan": {
      const other = Object.entries(data.by_kind).filter(([kind]) => kind !== "failover" || data.dry_run);
      if (other.length === 0) return null;
      return { tone: "plain", head: `${data.dry_run ? "Dry run, only planned" : "Planned"}: ${other.map(([kind, number]) => `${count(number, "route")} ${kinds[kind] ?? kind}`).join(", ")}`, why: data.first[0]?.reason ?? "" };
    }
    case "write": return data.ok ? null : { tone: "bad", head: `EC2 refused to ${data.kind === "failover" ? "fail over" : data.kind} ${data.destination} in ${data.table}`, why: `${data.error.code}: ${data.error.message}` };
    case "guard": return { tone: data.active ? "bad" : "good", head: data.active ? `Guard ${data.name} holds changes back` : `Guard ${data.name} lets changes through again`, why: data.message };
    default: return null;
  }
}

const keyOf = (type, data) =>
  type === "failover" ? `failover ${data.id}`
  : type === "write" ? `write ${data.table} ${data.destination} ${data.error?.code}`
  : type === "plan" ? `plan ${JSON.stringify([data.dry_run, data.changes, data.first[0]])}`
  : `${type} ${data.at} ${JSON.stringify(data).length}`;

function item(entry) {
  const { tone, head, took, why } = entry.told;
  return el("li", { "data-tone": tone, "data-type": entry.type },
    el("time", { dateTime: entry.data.at, title: entry.data.at }, clock(entry.data.at)),
    el("span", { className: "what" }, el("strong", {}, head), took ? el("span", { className: "took" }, `in ${took}`) : null, el("span", { className: "why" }, why ?? "")));
}

export function add(type, data) {
  const told = tell(type, data);
  if (!told) return;
  const key = keyOf(type, data);
  entries = entries.filter(entry => entry.key !== key);
  entries.push({ key, type, data, told, at: Date.parse(data.completed_at ?? data.at) });
  show();
}

export function replace(all) {
  entries = [];
  for (const { type, data } of all) {
    const told = tell(type, data);
    if (told) entries.push({ key: keyOf(type, data), type, data, told, at: Date.parse(data.completed_at ?? data.at) });
  }
  show();
}

/** Shows the entries of the last hour; called again now and then, for time goes on. */
export function show() {
  const oldest = now() - HOUR;
  entries = entries.filter(entry => entry.at >= oldest).sort((a, b) => b.at - a.at).slice(0, MOST);
  list.replaceChildren(...entries.slice(0, 200).map(item));
  if (entries.length === 0) list.append(el("li", { className: "nothing" }, "Nothing happened in the last hour."));
  strip.replaceChildren(...entries.slice(0, 400).map(entry => {
    const mark = el("i", { "data-tone": entry.told.tone });
    mark.style.left = `${Math.max(0, Math.min(100, ((entry.at - oldest) / HOUR) * 100))}%`;
    return mark;
  }));
}

export const lastFailover = () => entries.find(entry => entry.type === "failover" && entry.data.complete && entry.data.moved > 0);

export function describeLast() {
  const last = lastFailover();
  return last ? `Last failover ${age(last.data.at)} ago: ${count(last.data.moved, "route")} moved in ${ms(last.data.total_ms)}.` : "No failover in the last hour.";
}

