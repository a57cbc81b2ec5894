// Text from specs, tags and EC2 reaches the page as text nodes and attribute values only, never as markup.

/** Makes an element; properties beginning with "aria-" or "data-" and role become attributes. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined) continue;
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

/** Sets text only where it differs, so that screen readers hear changes and nothing else. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export const byId = id => document.getElementById(id);

/** 1 route, 2 routes. */
export const count = (number, one, many = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;

export function ms(value) {
  if (value === null || value === undefined) return null;
  if (value < 10) return `${value.toFixed(1)} ms`;
  return value < 10000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

let skew = 0;

/** The router's clock counts: that of the person who looks may be wrong by hours. */
export function setClock(time) {
  skew = Date.parse(time) - Date.now();
}

export const now = () => Date.now() + skew;

export function age(at) {
  const seconds = Math.max(0, Math.round((now() - Date.parse(at)) / 1000));
  if (seconds < 90) return `${seconds} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86400)} days`;
}

export const clock = at => new Date(at).toLocaleTimeString("en-GB");

/** The word for a host's health, and the sign that says it without colour. */
export const HEALTH = {
  healthy: { word: "healthy", sign: "●" },
  questionable: { word: "questionable", sign: "▲" },
  failed: { word: "failed", sign: "✖" },
};

export const healthOf = name => HEALTH[name] ?? { word: "not probed yet", sign: "○" };
