/** Elements made without markup, so that text of a log can only ever be text. */

type Attributes = Record<string, string | number | boolean | undefined>;

/** An element with attributes and children; strings become text nodes, `true` an empty attribute. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** A button that looks like the editor's links or buttons, as its class says. */
export function button(
  className: string,
  label: string,
  onClick: (event: MouseEvent) => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const made = element('button', { type: 'button', class: className, ...attributes }, label);
  made.addEventListener('click', onClick);
  return made;
}
