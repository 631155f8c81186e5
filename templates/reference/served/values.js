// JSON as text: a number stays as it was typed, however many digits it has, and a file is left to the list of files.

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A number as JSON; whatever is none as text, for the validator to say so. */
export const numberText = (typed) => (NUMBER.test(typed.trim()) ? typed.trim() : JSON.stringify(typed));

/** An object of members whose values are JSON already; those without a value are left out. */
export const objectText = (members) =>
  `{${members
    .filter(([, text]) => text !== undefined)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join(",")}}`;

/** An array of values that are JSON already. */
export const arrayText = (items) => `[${items.map((text) => text ?? "null").join(",")}]`;

/** A step of a JSON Pointer (RFC 6901, section 3), and the steps of one. */
export const step = (name) => `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
export const steps = (pointer) =>
  pointer.split("/").slice(1).map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** A file as Base64. */
export const base64 = (file) =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });

/** An element with attributes, and what is in it: elements, and text, which is never HTML. */
export const made = (name, attributes = {}, ...inside) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (typeof value === "boolean") element.toggleAttribute(key, value);
    else if (value !== undefined) element.setAttribute(key, value);
  }
  element.append(...inside);
  return element;
};
