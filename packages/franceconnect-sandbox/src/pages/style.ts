import { Html } from './html.ts'

/** The State's colours and sobriety (DSFR), without its emblem or its typeface: this is not a State site. */
export const style = new Html(`
*,*::before,*::after{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Arial,sans-serif;color:#161616;background:#fff}
a{color:#000091;text-underline-offset:.25em}
:focus-visible{outline:2px solid #0a76f6;outline-offset:2px}
.evitement{position:absolute;left:-100vw}.evitement:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
.avertissement{background:#ffe9e6;border-bottom:4px solid #b34000;padding:.75rem 1rem;text-align:center}
header,main,footer{max-width:48rem;margin:0 auto;padding:1rem}
header p{font-weight:700;font-size:1.25rem;margin:.5rem 0;color:#000091}
h1{font-size:1.75rem;line-height:1.25;margin:.5rem 0 1rem}h2{font-size:1.25rem}
ul.choix{list-style:none;padding:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(16rem,100%),1fr));gap:.75rem}
button,.bouton{font:inherit;cursor:pointer;border:1px solid #000091;background:#000091;color:#fff;padding:.5rem 1rem}
.bouton{display:inline-block;text-decoration:none}
button:hover,.bouton:hover{background:#1212ff}
ul.choix li{min-width:0}ul.choix button{width:100%;height:100%;overflow-wrap:anywhere;text-align:left;background:#fff;color:#161616;border:1px solid #929292}
ul.choix button:hover{background:#f6f6f6}
ul.choix button strong{display:block}ul.choix button:enabled strong{color:#000091}
button[disabled],ul.choix button[disabled]{color:#666;background:#eee;border-color:#ccc;cursor:not-allowed}
.message{border-left:4px solid #ce0500;background:#fff4f4;padding:.75rem 1rem;margin:1rem 0}
.info{border-left:4px solid #0063cb;background:#f4f6ff;padding:.75rem 1rem;margin:1rem 0}
footer{border-top:2px solid #000091;margin-top:2rem;font-size:.875rem;color:#3a3a3a}
code{background:#f6f6f6;padding:0 .25rem;overflow-wrap:anywhere}
label{cursor:pointer}select{font:inherit;padding:.25rem}
`)
