/** The page's style: the State's sobriety without its emblem, one column on a phone, light and dark as the system asks. */
export const style = `
:root{color-scheme:light dark;--ink:#161616;--soft:#3a3a3a;--ground:#fff;--panel:#f6f6f6;--line:#929292;--blue:#000091;
--on-blue:#fff;--good:#18753c;--bad:#b60066;--warn-ground:#ffe9e6;--warn-line:#b34000;--why:#fff4f4;--why-line:#ce0500;--lane:#ddd}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8e8;--soft:#bcbcbc;--ground:#161616;--panel:#232323;--line:#7b7b7b;
--blue:#a3a3ff;--on-blue:#161616;--good:#5fd38a;--bad:#ff9fc8;--warn-ground:#3d1a0a;--warn-line:#ff8c52;--why:#331515;
--why-line:#ff7b73;--lane:#3a3a3a}}
*,*::before,*::after{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Arial,sans-serif;color:var(--ink);background:var(--ground)}
:focus-visible{outline:2px solid #0a76f6;outline-offset:2px}
a{color:var(--blue);text-underline-offset:.25em}
h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 0}h2{font-size:1.25rem;line-height:1.3;margin:0 0 .5rem}
h3{font-size:1rem;margin:1rem 0 .25rem}h4{font-size:.875rem;margin:.5rem 0 .25rem}
header,main{max-width:88rem;margin:0 auto;padding:0 1rem}main{padding-bottom:3rem}main:focus{outline:none}
.warning{background:var(--warn-ground);border-left:4px solid var(--warn-line);padding:.5rem .75rem;margin:.75rem 0}
.live{margin:0 0 .75rem;color:var(--good);font-weight:700}.live.cut{color:var(--bad)}
.skip{position:absolute;left:-100vw}.skip:focus{left:1rem;top:1rem;background:var(--ground);padding:.5rem;z-index:1}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
code{font-size:.875em;overflow-wrap:anywhere}small{font-size:.875rem;color:var(--soft)}
button{font:inherit;cursor:pointer;border:1px solid var(--blue);background:var(--blue);color:var(--on-blue);padding:.375rem .75rem}
button.small{background:transparent;color:var(--blue);font-size:.875rem;padding:.125rem .5rem}
summary{cursor:pointer}summary h2{display:inline;margin:0}
.connect,.alone{border:1px solid var(--line);padding:.5rem .75rem;margin:0 0 1rem}
.said{min-height:1.5rem;margin:0 0 .5rem;font-weight:700}
.columns{display:grid;gap:1.5rem;grid-template-columns:minmax(0,1fr)}
.overview ol{list-style:none;margin:.5rem 0;padding:0;display:grid;gap:.5rem;max-height:24rem;overflow:auto}
.overview li button{width:100%;text-align:left;background:var(--ground);color:var(--ink);border-color:var(--line)}
.overview li button[aria-current=true]{border-color:var(--blue);box-shadow:inset 4px 0 0 var(--blue)}
.overview li small{display:block}
.state{font-size:.875rem;border:1px solid;padding:0 .375rem;white-space:nowrap}
.state.connected{color:var(--good)}.state.refused,.state.left{color:var(--bad)}
.countdowns{list-style:none;margin:.5rem 0;padding:0;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem}
.countdowns label{display:grid;gap:.125rem;font-variant-numeric:tabular-nums}
progress{width:12rem;max-width:100%;height:.5rem;accent-color:var(--blue)}
.lanes{display:none}.sequence{list-style:none;margin:0;padding:0;display:grid}
.step{border-top:1px solid var(--line);padding:.375rem 0}
.step>details>summary{list-style:none;display:grid;gap:0 .75rem;grid-template-columns:minmax(0,1fr)}
.who{font-size:.875rem;color:var(--soft)}.what{font-weight:700}.what::before{content:"▸ ";color:var(--blue)}
details[open]>summary .what::before{content:"▾ "}.path{color:var(--soft)}
.line{display:flex;gap:0 .75rem;align-items:baseline;justify-content:space-between;min-width:0}.line>*{min-width:0}
.status{font-weight:700;color:var(--good)}.status.bad{color:var(--bad)}.at{font-size:.875rem;color:var(--soft)}
.arrow{display:none}
.why{border-left:4px solid var(--why-line);background:var(--why);padding:.5rem .75rem;margin:.375rem 0;overflow-wrap:anywhere}
.why p{margin:0}.back{margin:.25rem 0 0;font-size:.875rem;color:var(--soft)}
.detail{background:var(--panel);padding:.5rem .75rem;margin:.375rem 0}.facts{margin:0}
.messages{display:grid;gap:1rem;grid-template-columns:minmax(0,1fr)}
.fields{margin:.25rem 0;font-size:.875rem}.fields div{display:grid;gap:0 .75rem;grid-template-columns:minmax(0,12rem) minmax(0,1fr);padding:.125rem 0}
.fields dt{font-weight:700;overflow-wrap:anywhere}.fields dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
.fields .absent{color:var(--soft)}
pre{margin:.25rem 0;padding:.5rem;background:var(--ground);border:1px solid var(--line);max-height:20rem;overflow:auto;font-size:.8125rem;white-space:pre-wrap;overflow-wrap:anywhere}
.checks{list-style:none;padding:0;margin:.25rem 0}.checks .good{color:var(--good)}.checks .bad{color:var(--bad);font-weight:700}
.levers section{border-top:1px solid var(--line);padding:.25rem 0 .75rem}
.levers label{display:grid;gap:.125rem;margin:.375rem 0;font-size:.875rem}
input,select,textarea{font:inherit;width:100%;min-width:0;padding:.25rem;color:var(--ink);background:var(--ground);border:1px solid var(--line)}
input[type=checkbox]{width:auto}textarea{font-family:ui-monospace,monospace;font-size:.8125rem}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem;margin:.375rem 0}.levers p{margin:.25rem 0}
.active{list-style:none;margin:.25rem 0;padding:0;font-size:.875rem}
.active li{display:flex;gap:.5rem;justify-content:space-between;align-items:baseline;overflow-wrap:anywhere}.active span{min-width:0}
@media (min-width:62rem){
.columns{grid-template-columns:15rem minmax(0,1fr) 17rem}
.overview{position:sticky;top:.5rem;align-self:start}.overview ol{max-height:80vh}
.lanes{display:grid;grid-template-columns:repeat(4,1fr);text-align:center;font-weight:700;font-size:.875rem;position:sticky;top:0;background:var(--ground);padding:.375rem 0;z-index:1}
.sequence{background:linear-gradient(90deg,transparent calc(12.5% - 1px),var(--lane) 0 12.5%,transparent 0 calc(37.5% - 1px),var(--lane) 0 37.5%,transparent 0 calc(62.5% - 1px),var(--lane) 0 62.5%,transparent 0 calc(87.5% - 1px),var(--lane) 0 87.5%,transparent 0)}
.who,.at,.what,.status,.path{background:var(--ground);justify-self:start}
.arrow{display:grid;grid-template-columns:repeat(8,1fr);height:.75rem}
.arrow i{position:relative;border-top:2px solid var(--blue);align-self:center}
.arrow i::after{content:"";position:absolute;right:-1px;top:-6px;border:5px solid transparent;border-left-color:var(--blue);border-right:0}
[data-from=dataProvider] summary .arrow i::after{right:auto;left:-1px;border:5px solid transparent;border-right-color:var(--blue);border-left:0}
[data-from=browser] summary .arrow i{grid-column:2/6}[data-from=service][data-to=franceConnect] summary .arrow i{grid-column:4/6}
[data-from=dataProvider] summary .arrow i{grid-column:6/8}[data-to=dataProvider] summary .arrow i{grid-column:4/8}
.back .arrow i{grid-column:2/4;border-top-style:dashed}
.messages{grid-template-columns:repeat(2,minmax(0,1fr))}.messages .fields div{grid-template-columns:minmax(0,1fr)}
}
`
