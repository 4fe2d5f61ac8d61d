/** Style of the ready form; inside its shadow root, so that it neither takes from nor gives to the page, but for font and colour of text. */
export const embedCss = `
:host{display:block;max-width:30rem;font:inherit;color:inherit}
*{box-sizing:border-box}
h2{font-size:1.25em;margin:0 0 .75em}
.field{margin:0 0 .9em}
label{display:block;margin:0 0 .25em;font-weight:600}
small{font-weight:400;opacity:.75}
input,textarea,select{width:100%;min-height:2.75em;padding:.5em .75em;font:inherit;color:inherit;background:transparent;border:1px solid color-mix(in srgb,currentColor 55%,transparent);border-radius:.5em}
option{color:#111;background:#fff}
textarea{resize:vertical}
:focus-visible{outline:3px solid var(--sb-colour);outline-offset:2px}
[aria-invalid=true]{border-color:#c81e1e}
.error,.status{margin:.25em 0 0;min-height:1.3em;font-size:.9em}
.error:empty{min-height:0}
.error,.bad{color:#c81e1e}
.good{color:#17713a}
.consent{display:grid;grid-template-columns:auto 1fr;gap:.1em .6em;align-items:start;margin:0 0 .9em}
.consent input{width:1.35em;min-height:1.35em;margin:.1em 0 0}
.consent label{display:inline;font-weight:400}
.consent .error{grid-column:2}
button{min-height:2.9em;padding:.5em 1.4em;font:inherit;font-weight:600;color:var(--sb-on);background:var(--sb-colour);border:0;border-radius:.5em;cursor:pointer}
button:disabled{opacity:.6;cursor:progress}
.trap{position:absolute;left:-9999px;width:1px;height:1px;overflow:hidden}
@media (prefers-color-scheme:dark){.error,.bad,.good{background:#fff;padding:0 .4em;border-radius:.3em}}
`.trim()
