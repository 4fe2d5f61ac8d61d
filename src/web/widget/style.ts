/** Inside the shadow root: neither takes from the page nor gives to it. */
export const style = `
:host{all:initial;position:fixed;z-index:2147483000;bottom:0;right:0;font:400 15px/1.45 Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;color:#181b20;color-scheme:light;-webkit-text-size-adjust:100%}
:host([data-side=left]){right:auto;left:0}
*{box-sizing:border-box}
[hidden]{display:none!important}
p,h2,ul,fieldset{margin:0;padding:0;border:0}
ul{list-style:none}
svg{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round;flex:none;display:block}
button,input,textarea{font:inherit;color:inherit}
button{border:0;background:none;cursor:pointer;padding:0}
a{color:inherit}
:focus{outline:0}
:focus-visible{outline:2px solid var(--c);outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.launcher{position:fixed;bottom:20px;right:20px;width:56px;height:56px;border-radius:50%;display:grid;place-items:center;background:var(--c);color:var(--on);box-shadow:0 2px 6px rgba(20,26,40,.14),0 8px 24px rgba(20,26,40,.2);transition:transform .15s}
:host([data-side=left]) .launcher{right:auto;left:20px}
.launcher:hover{transform:translateY(-2px)}
.launcher:focus-visible{outline:3px solid #fff;box-shadow:0 0 0 6px var(--c)}
.badge{position:absolute;top:-3px;right:-3px;min-width:21px;height:21px;padding:0 6px;border-radius:11px;background:#b92727;color:#fff;font-size:12px;font-weight:650;line-height:21px;text-align:center;box-shadow:0 0 0 2px #fff}
.panel{position:fixed;bottom:20px;right:20px;width:384px;height:min(640px,calc(100vh - 40px));height:min(640px,calc(100dvh - 40px));display:flex;flex-direction:column;background:#fff;border-radius:16px;overflow:hidden;box-shadow:0 0 0 1px rgba(20,26,40,.08),0 4px 12px rgba(20,26,40,.08),0 16px 48px rgba(20,26,40,.2);animation:rise .18s ease-out}
:host([data-side=left]) .panel{right:auto;left:20px}
@keyframes rise{from{opacity:0;transform:translateY(12px)}}
header{display:flex;align-items:center;gap:4px;padding:12px 12px 12px 16px;border-bottom:1px solid #e3e6eb}
.face{width:38px;height:38px;margin-right:8px;border-radius:12px;display:grid;place-items:center;background:var(--c);color:var(--on);font-size:17px;font-weight:650;flex:none}
.names{flex:1;min-width:0}
h2{font-size:16px;font-weight:650;line-height:1.3;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.state{display:flex;align-items:center;gap:6px;font-size:13px;color:#5f6773}
.state:before{content:"";width:8px;height:8px;border-radius:50%;background:#c9cfd8}
.state.on:before{background:#23905a}
.quiet{width:40px;height:40px;border-radius:10px;display:grid;place-items:center;color:#4a525d;flex:none}
.quiet:hover{background:#f0f2f5;color:#181b20}
.no-line{padding:8px 18px;background:#fcf1de;color:#6b3c00;font-size:13px}
.no-line:empty{display:none}
.body{flex:1;min-height:0;display:flex;flex-direction:column}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px 16px 8px;display:flex;flex-direction:column;gap:2px}
.list{display:flex;flex-direction:column;gap:2px}
.earlier{align-self:center;padding:6px 14px;border-radius:14px;font-size:13px;color:#4a525d;background:#f0f2f5;margin-bottom:8px}
.earlier:hover{background:#e3e6eb}
.row{display:flex;flex-direction:column;align-items:flex-start;max-width:100%;animation:rise .15s ease-out}
.row.own{align-items:flex-end}
.row.first{margin-top:10px}
.day{align-self:center;font-size:12px;color:#5f6773;padding:4px 0 8px}
.who{font-size:12.5px;font-weight:550;color:#4a525d;padding:0 2px 3px}
.bubble,.hello{max-width:84%;padding:9px 13px;border-radius:14px;background:#f0f2f5;white-space:pre-wrap;overflow-wrap:anywhere}
.hello{align-self:flex-start;margin-bottom:2px}
.theirs .bubble,.hello{border-bottom-left-radius:5px}
.own .bubble{background:var(--c);color:var(--on);border-bottom-right-radius:5px}
.own .bubble :focus-visible{outline-color:var(--on)}
.foot{display:flex;align-items:center;gap:4px;min-height:18px;font-size:11.5px;color:#5f6773;padding:1px 2px}
.mark.seen{color:#19693f}
.bad{color:#b92727}
.bad button{text-decoration:underline;color:#b92727;min-height:24px;padding:0 4px}
.file{display:flex;align-items:center;gap:8px;max-width:84%;padding:10px 12px;margin-bottom:2px;border:1px solid #e3e6eb;border-radius:12px;text-decoration:none;background:#fff}
a.file:hover{background:#f5f6f8}
.file span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;min-width:0}
.file small,.chosen small{color:#5f6773;font-size:12px;white-space:nowrap}
.picture{display:block;max-width:84%;margin-bottom:2px}
.picture img{display:block;max-width:100%;max-height:240px;border-radius:12px;border:1px solid #e3e6eb}
.typing{display:flex;align-items:center;gap:6px;min-height:24px;margin-top:6px;font-size:13px;color:#5f6773}
.dots{display:flex;gap:3px}
.dots i{width:5px;height:5px;border-radius:50%;background:#868e9a;animation:dot 1.2s infinite}
.dots i:nth-child(2){animation-delay:.15s}
.dots i:nth-child(3){animation-delay:.3s}
@keyframes dot{40%{transform:translateY(-3px)}}
.composer{border-top:1px solid #e3e6eb;padding:8px 10px calc(8px + env(safe-area-inset-bottom))}
.line{display:flex;align-items:flex-end;gap:4px}
.line textarea{flex:1;min-width:0;min-height:40px;max-height:128px;padding:9px 6px;border:0;background:none;resize:none;line-height:22px}
.line textarea:focus-visible{outline:0}
.composer:focus-within{box-shadow:inset 0 2px 0 -1px var(--c)}
.composer ::placeholder{color:#5f6773;opacity:1}
.send{width:40px;height:40px;border-radius:50%;display:grid;place-items:center;background:var(--c);color:var(--on);flex:none}
.send:disabled{background:#e3e6eb;color:#868e9a;cursor:default}
.chosen{display:flex;flex-wrap:wrap;gap:6px}
.chosen li{display:flex;align-items:center;gap:6px;max-width:100%;padding:4px 4px 4px 10px;margin-bottom:6px;background:#f0f2f5;border-radius:10px;font-size:13px}
.chosen span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.chosen button{width:26px;height:26px;display:grid;place-items:center;border-radius:8px}
.chosen button:hover{background:#e3e6eb}
.start{flex:1;overflow-y:auto;padding:18px;display:flex;flex-direction:column;gap:12px}
.lead{font-size:16px;line-height:1.45;padding-bottom:2px;white-space:pre-wrap;overflow-wrap:anywhere}
.field{display:flex;flex-direction:column;gap:4px}
label,legend{font-size:13px;font-weight:550;color:#4a525d;padding:0}
label small{font-weight:400;color:#5f6773;font-size:12px}
.field input,.field textarea{width:100%;min-height:44px;padding:9px 12px;border:1px solid #868e9a;border-radius:10px;background:#fff;resize:vertical}
.field input:focus-visible,.field textarea:focus-visible{outline-offset:-1px;border-color:var(--c)}
.field [aria-invalid]{border-color:#b92727}
.complaint{font-size:13px;color:#b92727}
.complaint:empty{display:none}
.choices{display:flex;flex-direction:column;gap:2px}
.choices label{display:flex;align-items:center;gap:10px;min-height:36px;font-size:15px;font-weight:400;color:#181b20;cursor:pointer}
.choices input{width:18px;height:18px;margin:0;accent-color:var(--c)}
.primary{min-height:46px;padding:10px 18px;border-radius:12px;background:var(--c);color:var(--on);font-weight:600;margin-top:2px}
.primary:hover,.send:hover:not(:disabled){filter:brightness(.94)}
.consent{font-size:12px;color:#5f6773;line-height:1.4}
@media (max-width:480px){
.panel,:host([data-side=left]) .panel{inset:0;width:100%;height:100%;height:100dvh;border-radius:0;box-shadow:none}
header{padding-top:calc(10px + env(safe-area-inset-top))}
.launcher{bottom:calc(16px + env(safe-area-inset-bottom));right:16px}
:host([data-side=left]) .launcher{left:16px}
.quiet,.send{width:44px;height:44px}
.line textarea{min-height:44px;padding:11px 6px}
input,textarea{font-size:16px}
}
@media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
@media (forced-colors:active){.panel,.launcher,.bubble{border:1px solid}}
`.trim()
