// What the checks ask a page. Each function returns a list of faults in words; empty means clean.
(() => {
  const CONTROL = "a[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex]:not([tabindex='-1']), [contenteditable=true]";
  const shown = (one) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    // What lies in a closed <details> has a box, but is not there for anybody.
    return box.width > 0 && box.height > 0 && style.visibility !== "hidden" && one.checkVisibility();
  };
  const name = (one) => {
    const words = one.getAttribute?.("aria-label") || one.labels?.[0]?.textContent || one.textContent || one.value || one.name || "";
    return `${one.tagName.toLowerCase()}${one.type ? `[${one.type}]` : ""} ${words.replace(/\s+/g, " ").trim().slice(0, 60)}`;
  };
  const path = (one) => `${one.tagName.toLowerCase()}${one.id ? "#" + one.id : ""}${one.className && one.className.split ? "." + one.className.split(" ")[0] : ""}`;
  const colour = (text) => {
    const parts = text.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    return text.startsWith("color(srgb") ? [parts[0] * 255, parts[1] * 255, parts[2] * 255, parts[3] ?? 1] : [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (one) => {
    const layers = [];
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== "none") return null;
      layers.push(colour(style.backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const texts = function* (root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.parentElement;
      if (walker.currentNode.data.trim() && at && !at.closest("script, style, noscript, template, svg, video, audio, [hidden]") && shown(at)) yield [walker.currentNode, at];
    }
  };
  const unseen = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.clipPath !== "none" || (style.clip !== "auto" && style.position === "absolute")) return true;
    }
    return false;
  };

  window.probes = {
    contrast(least) {
      const found = new Set();
      for (const [node, at] of texts(document.body)) {
        if (unseen(at) || at.closest(":disabled")) continue;
        const below = ground(at);
        if (!below) continue;
        const ink = over(colour(getComputedStyle(at).color), below);
        const [a, b] = [light(ink), light(below)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        if (ratio < least) found.add(`${ratio.toFixed(2)}:1 ${node.data.trim().slice(0, 40)}`);
      }
      return [...found];
    },
    targets(least) {
      const found = [];
      for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")) {
        if (!shown(one) || unseen(one) || one.closest(".govuk-skip-link")) continue;
        const box = one.getBoundingClientRect();
        const inline = one.tagName === "A" && getComputedStyle(one).display === "inline" && least === 24;
        // A link within a sentence is as high as the line (WCAG 2.5.8, inline); a block's link within text too.
        const sentence = one.tagName === "A" && (getComputedStyle(one).display === "inline" || one.closest(".govuk-error-summary, .govuk-breadcrumbs, .govuk-back-link, .facts"));
        if (inline || sentence) continue;
        let height = box.height, width = box.width;
        for (const label of one.labels ?? []) {  // a label is part of a radio's or checkbox's target
          if (["radio", "checkbox"].includes(one.type)) { const b = label.getBoundingClientRect(); height = Math.max(height, b.height); width += b.width; }
        }
        if (width < least - 0.5 || height < least - 0.5) found.push(`${Math.round(width)}×${Math.round(height)} ${name(one)}`);
      }
      return found;
    },
    overflow() {
      const found = [];
      const wide = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth > wide) found.push(`page is ${document.documentElement.scrollWidth} px wide in ${wide}`);
      for (const [node, at] of texts(document.body)) {
        if (unseen(at) || at.closest(".scroll, .govuk-skip-link")) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect();
        if (box.right > wide + 1 || box.left < -1) found.push(`outside: ${node.data.trim().slice(0, 40)}`);
        for (let up = at; up && up !== document.body; up = up.parentElement) {
          const style = getComputedStyle(up);
          if (!/hidden|clip/.test(style.overflowX + style.overflowY)) continue;
          const hole = up.getBoundingClientRect();
          if (box.right > hole.right + 2 || box.bottom > hole.bottom + 2 || box.left < hole.left - 2 || box.top < hole.top - 2) found.push(`clipped in ${path(up)}: ${node.data.trim().slice(0, 40)}`);
        }
      }
      for (const one of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, img, svg, video, table")) {
        if (!shown(one) || unseen(one) || one.closest(".scroll")) continue;
        const box = one.getBoundingClientRect();
        if (box.right > wide + 1) found.push(`outside: ${name(one)}`);
      }
      return [...new Set(found)];
    },
    spacing() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const found = window.probes.overflow();
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      return found;
    },
    // The state of whatever has the focus: its name, whether it shows, whether something lies over it.
    focused(first) {
      const one = document.activeElement;
      if (!one || one === document.body || one === document.documentElement) return null;
      const look = (at, pseudo) => { const s = getComputedStyle(at, pseudo); return [s.outlineStyle === "none" ? "" : s.outlineWidth + s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor + s.borderWidth, s.textDecoration].join("|"); };
      // A hidden radio shows its focus on what is drawn for it.
      const looks = (at) => [look(at), look(at, "::before"), look(at, "::after"), ...[...(at.labels ?? [])].flatMap((l) => [look(l), look(l, "::before"), look(l, "::after")])].join("§");
      const marked = looks(one);
      one.blur();
      const plain = looks(one);
      one.focus({ preventScroll: true });
      if (one.type === "radio" && document.activeElement !== one) one.focus();
      const box = one.getBoundingClientRect();
      let covered = "";
      for (const [fx, fy] of [[0.5, 0.5], [0.15, 0.3], [0.85, 0.3], [0.15, 0.7], [0.85, 0.7]]) {
        const x = box.left + box.width * fx, y = box.top + box.height * fy;
        if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue;
        const hit = document.elementFromPoint(x, y);
        if (hit && !(one.contains(hit) || hit.contains(one) || [...(one.labels ?? [])].some((l) => l.contains(hit)))) covered = path(hit);
      }
      const inside = box.bottom > 0 && box.top < innerHeight;
      const all = [...document.querySelectorAll(CONTROL)];
      return { name: name(one), index: all.indexOf(one), shows: marked !== plain, covered: inside ? covered : "outside of the window" };
    },
    // Controls the Tab key should reach, in the order of the document. One radio of a group takes part.
    reachable() {
      const groups = new Set();
      return [...document.querySelectorAll(CONTROL)].map((one, index) => [one, index]).filter(([one]) => {
        if (one.disabled || one.tabIndex < 0 || !shown(one) || one.closest("[inert]")) return false;
        if (one.type !== "radio") return true;
        const checked = [...document.getElementsByName(one.name)].find((r) => r.checked);
        if (checked) return one === checked;
        if (groups.has(one.name)) return false;
        return groups.add(one.name);
      }).map(([one, index]) => [index, name(one)]);
    },
    // What looks like a control and is none: the hand over something no key reaches.
    pretenders() {
      const found = [];
      for (const one of document.body.querySelectorAll("*")) {
        if (!shown(one) || one.closest("a, button, input, select, textarea, summary, label, [role=button], option, svg")) continue;
        if (getComputedStyle(one).cursor === "pointer" || one.onclick || one.hasAttribute("onclick")) found.push(name(one));
      }
      return found;
    },
    moving() {
      return document.getAnimations().filter((one) => one.playState === "running" && (one.effect?.getTiming().duration > 0)).map((one) => path(one.effect.target));
    },
    forced() {
      const found = [];
      for (const one of document.querySelectorAll("button, a.govuk-button, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, textarea")) {
        if (!shown(one) || unseen(one)) continue;
        const s = getComputedStyle(one);
        const edged = ["Top", "Bottom"].some((side) => s[`border${side}Style`] !== "none" && parseFloat(s[`border${side}Width`]) > 0);
        if (!edged && !s.textDecorationLine.includes("underline")) found.push(`no edge: ${name(one)}`);
      }
      for (const one of document.querySelectorAll("a[href]")) {
        if (shown(one) && one.textContent.trim() && light(colour(getComputedStyle(one).color)) === light(ground(one) ?? [0, 0, 0, 1])) found.push(`no colour: ${name(one)}`);
      }
      return found;
    },
    language() {
      const found = new Set();
      const of = (at) => at.closest("[lang]")?.lang ?? "";
      if (!/^(zh-Hans|en)$/.test(document.documentElement.lang)) found.add(`page: ${document.documentElement.lang || "none"}`);
      for (const [node, at] of texts(document.body)) {
        const words = node.data.trim();
        if (of(at).startsWith("en") && /[\u3400-\u9fff]/.test(words) && !at.closest(".foreign, [data-own-words]")) found.add(`Chinese in ${of(at)}: ${words.slice(0, 40)}`);
        if (of(at).startsWith("zh") && (words.match(/\b[A-Za-z]{2,}\b/g) ?? []).length >= 4 && !/[\u3400-\u9fff]/.test(words) && !at.closest("code, .secret, .codes")) found.add(`English in ${of(at)}: ${words.slice(0, 40)}`);
      }
      return [...found];
    },
  };
})();
