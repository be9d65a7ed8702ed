// What moves in the console. Pages are complete without it: links and forms work as the browser has them. With it they
// are asked for again where a node has just gone away, and what was entered stays.
(() => {
  'use strict';

  const attemptsMax = 6;
  const pauseMs = 350;
  const undecided = new Set([502, 503, 504]);
  const root = '/console';
  let timers = [];
  let source = null;
  let loading = 0;

  const wait = ms => new Promise(resolve => setTimeout(resolve, ms));
  const words = { en: {
    unreachable: 'The service can\u2019t be reached. What you entered is kept; try again.',
    loading: 'Loading\u2026',
  }, fr: {
    unreachable: 'Le service est injoignable. Votre saisie est conservée ; réessayez.',
    loading: 'Chargement\u2026',
  } };
  const say = key => (words[document.documentElement.lang] || words.en)[key];

  // A node that has gone away answers with nothing, and a proxy before it with 502 or 503. Another one answers soon.
  async function ask(address, options) {
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await fetch(address, { credentials: 'same-origin', ...options });
        if (!undecided.has(response.status) || attempt >= attemptsMax)
          return response;
      } catch (error) {
        if (attempt >= attemptsMax)
          throw error;
      }
      await wait(pauseMs * attempt);
    }
  }

  function tell(text) {
    let line = document.querySelector('.status-line');
    if (!text) {
      line?.remove();
      return;
    }
    if (!line) {
      line = document.createElement('p');
      line.className = 'status-line';
      line.setAttribute('role', 'status');
      document.body.append(line);
    }
    line.textContent = text;
  }

  function isOurs(url) {
    return url.origin === location.origin && (url.pathname === root || url.pathname.startsWith(root + '/'))
      && !url.pathname.startsWith(root + '/assets/');
  }

  const isPage = response => (response.headers.get('Content-Type') || '').startsWith('text/html');

  // Shows what was answered in place of this page.
  function show(html, address, keepPlace) {
    const next = new DOMParser().parseFromString(html, 'text/html');
    stop();
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    document.documentElement.dataset.theme = next.documentElement.dataset.theme;
    document.body.replaceWith(document.adoptNode(next.body));
    if (!keepPlace)
      scrollTo(0, 0);
    const focus = document.querySelector('[autofocus]') || document.querySelector('[aria-invalid=true]')
      || document.getElementById('main');
    focus?.focus({ preventScroll: true });
    start();
  }

  async function go(address, push) {
    const own = ++loading;
    const slow = setTimeout(() => own === loading && tell(say('loading')), 400);
    try {
      const response = await ask(address, { headers: { Accept: 'text/html' } });
      if (own !== loading)
        return;
      if (!isPage(response)) {
        location.href = address;
        return;
      }
      const html = await response.text();
      if (push)
        history.pushState(null, '', response.url);
      else if (response.url !== location.href)
        history.replaceState(null, '', response.url);
      show(html, response.url, false);
    } catch {
      location.href = address;
    } finally {
      clearTimeout(slow);
    }
  }

  async function send(form, button) {
    const data = new URLSearchParams(new FormData(form, button));
    const target = new URL(form.getAttribute('action') || location.href, location.href);
    if (form.method === 'get') {
      target.search = new URLSearchParams([...data].filter(([, value]) => value !== '')).toString();
      await go(target.href, true);
      return;
    }
    form.setAttribute('aria-busy', 'true');
    for (const each of form.querySelectorAll('button'))
      each.disabled = true;
    try {
      const response = await ask(target.href, { method: 'POST', body: data, headers: { Accept: 'text/html' } });
      const html = await response.text();
      if (!isPage(response))
        throw new TypeError('not a page');
      if (response.redirected) {
        forget(target.pathname + target.search);
        history.pushState(null, '', response.url);
      } else if (response.ok && !html.includes('name="Input.Once"')) {
        forget(target.pathname + target.search);
      }
      show(html, response.url, !response.redirected);
    } catch {
      form.removeAttribute('aria-busy');
      for (const each of form.querySelectorAll('button'))
        each.disabled = false;
      tell(say('unreachable'));
    }
  }

  // What is entered in a form is kept until it is sent, but never a secret.
  const draftOf = address => `draft:${address}`;
  const here = () => location.pathname + location.search;
  const fieldsOf = form => [...form.elements].filter(field => field.name && field.name.startsWith('Input.')
    && !['hidden', 'password', 'submit', 'button'].includes(field.type));

  function forget(address) {
    sessionStorage.removeItem(draftOf(address));
  }

  function keep(form) {
    const values = fieldsOf(form).map(field => [field.name, field.type === 'checkbox' ? field.checked : field.value]);
    sessionStorage.setItem(draftOf(here()), JSON.stringify(values));
  }

  function restore() {
    const form = document.querySelector('form[data-draft]');
    const kept = form && sessionStorage.getItem(draftOf(here()));
    if (!kept || form.querySelector('[aria-invalid]'))
      return;
    const values = new Map(JSON.parse(kept));
    for (const field of fieldsOf(form)) {
      if (!values.has(field.name))
        continue;
      if (field.type === 'checkbox')
        field.checked = values.get(field.name);
      else
        field.value = values.get(field.name);
    }
  }

  // Parts of a page that are asked for again every few seconds, until they no longer say so.
  function refresh(part) {
    const id = part.id;
    timers.push(setInterval(async () => {
      if (document.hidden)
        return;
      try {
        const response = await fetch(part.dataset.refresh, { credentials: 'same-origin' });
        if (!response.ok || !isPage(response))
          return;
        const next = new DOMParser().parseFromString(await response.text(), 'text/html').getElementById(id);
        const old = document.getElementById(id);
        if (next && old && old.outerHTML !== next.outerHTML) {
          old.replaceWith(document.adoptNode(next));
          if (!next.dataset.refresh)
            stopTimers();
        }
      } catch {
        // Asked for again at the next turn.
      }
    }, 1000 * Number(part.dataset.refreshSeconds || 5)));
  }

  // Bars that follow the usage as it is counted.
  const group = () => (document.documentElement.lang === 'fr' ? ['\u202f', ','] : [',', '.']);
  function format(value) {
    const [whole, decimals] = String(value).split('.');
    const [separator, point] = group();
    const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, separator);
    return decimals ? grouped + point + decimals : grouped;
  }

  function apply(items) {
    for (const item of items) {
      for (const counter of item.metrics) {
        const key = CSS.escape(`${item.scopeId}/${counter.metric}`);
        for (const bar of document.querySelectorAll(`[data-live="${key}"]`)) {
          const text = bar.querySelector('[data-live-used]');
          if (text)
            text.textContent = format(counter.used);
          const limit = Number(bar.dataset.limit);
          if (!limit)
            continue;
          const scale = Math.max(limit, counter.used + counter.held);
          const used = Math.min(400, (counter.used / scale) * 400);
          bar.querySelector('.used')?.setAttribute('width', used.toFixed(2));
          const held = bar.querySelector('.held');
          held?.setAttribute('x', used.toFixed(2));
          held?.setAttribute('width', Math.min(400 - used, (counter.held / scale) * 400).toFixed(2));
          bar.classList.toggle('full', counter.used + counter.held >= limit);
        }
      }
    }
  }

  function follow() {
    const part = document.querySelector('[data-live-source]');
    if (!part)
      return;
    source = new EventSource(part.dataset.liveSource);
    const take = event => {
      apply(JSON.parse(event.data).items);
      part.dataset.live = 'on';
      part.textContent = part.dataset.on;
    };
    source.addEventListener('snapshot', take);
    source.addEventListener('change', take);
    source.onerror = () => {
      part.textContent = part.dataset.off;
    };
  }

  function stopTimers() {
    timers.forEach(clearInterval);
    timers = [];
  }

  function stop() {
    stopTimers();
    source?.close();
    source = null;
  }

  function start() {
    restore();
    for (const part of document.querySelectorAll('[data-refresh]'))
      refresh(part);
    follow();
  }

  addEventListener('click', event => {
    const button = event.target.closest('button[data-copy], button[data-reveal]');
    if (button?.dataset.copy) {
      const from = document.getElementById(button.dataset.copy);
      navigator.clipboard?.writeText(from.value ?? from.textContent);
      button.textContent = button.dataset.done;
      return;
    }
    if (button) {
      const field = document.getElementById(button.dataset.reveal);
      field.type = field.type === 'password' ? 'text' : 'password';
      [button.textContent, button.dataset.hide] = [button.dataset.hide, button.textContent];
      return;
    }
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      if (!menu.contains(event.target))
        menu.open = false;
    }
    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey
      || event.altKey || link.target || link.hasAttribute('download'))
      return;
    const url = new URL(link.href);
    if (link.dataset.dropDraft !== undefined)
      forget(url.pathname + url.search);
    if (!isOurs(url) || (url.pathname === location.pathname && url.search === location.search && url.hash))
      return;
    event.preventDefault();
    if (link.dataset.leave && !confirm(link.dataset.leave))
      return;
    go(url.href, true);
  });

  addEventListener('submit', event => {
    const form = event.target;
    if (!isOurs(new URL(form.getAttribute('action') || location.href, location.href)))
      return;
    event.preventDefault();
    send(form, event.submitter);
  });

  addEventListener('input', event => {
    const form = event.target.form;
    if (form?.hasAttribute('data-draft'))
      keep(form);
  });

  addEventListener('change', event => {
    if (event.target.dataset?.submit !== undefined)
      event.target.form.requestSubmit();
  });

  addEventListener('keydown', event => {
    if (event.key !== 'Escape')
      return;
    for (const menu of document.querySelectorAll('details.menu[open]')) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });

  addEventListener('beforeunload', event => {
    if (document.querySelector('[data-secret]'))
      event.preventDefault();
  });

  addEventListener('popstate', () => go(location.href, false));
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && source?.readyState === EventSource.CLOSED)
      follow();
  });
  start();
})();
