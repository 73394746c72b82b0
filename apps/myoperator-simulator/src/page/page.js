/* The page of the simulator: lists conversations and shows one, live. Everything that came from outside is set as text, never as
   markup. Only the newest conversations and messages are shown, so that ten thousand cost no more than a hundred. */
/* global document, EventSource, fetch, window, CSS */

const chatsShown = 100;
const messagesShown = 100;

/** Reloading the lists while thousands of messages come in: not more often than this. */
const reloadEveryMs = 1000;

const signs = { accepted: '◷', sent: '✓', delivered: '✓✓', read: '✓✓', failed: '✕' };
const receipts = ['sent', 'delivered', 'read', 'failed'];

const state = { chats: new Map(), messages: new Map(), phone: undefined, replyTo: undefined, reloading: false };
const part = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
  return answer.status === 204 ? undefined : answer.json();
}

const post = (path, body) =>
  ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

function element(name, properties = {}, ...children) {
  const { data = {}, aria, ...rest } = properties;
  const made = Object.assign(document.createElement(name), rest);
  Object.assign(made.dataset, data);
  if (aria !== undefined) made.setAttribute('aria-label', aria);
  made.append(...children);
  return made;
}

async function loadChats() {
  const { chats, ...totals } = await ask(`chats?limit=${chatsShown}`);
  showTotals(totals);
  state.chats = new Map(chats.toReversed().map((chat) => [chat.phone, chat]));
  showChats();
}

async function loadMessages() {
  if (state.phone === undefined) return;
  const { messages } = await ask(`messages?phone=${encodeURIComponent(state.phone)}&limit=${messagesShown}`);
  state.messages = new Map(messages.toReversed().map((message) => [message.id, message]));
  part('messages').replaceChildren();
  for (const message of state.messages.values()) placeMessage(message);
  scrollToEnd();
}

async function reload() {
  if (state.reloading) return;
  state.reloading = true;
  await Promise.all([loadChats(), loadMessages()]).finally(() =>
    setTimeout(() => (state.reloading = false), reloadEveryMs),
  );
}

async function choose(phone) {
  state.phone = phone;
  state.replyTo = undefined;
  part('phone').textContent = phone;
  part('composer').hidden = false;
  showReplyTarget();
  showChats();
  await loadMessages();
}

function showChats() {
  const wanted = part('search').value.trim();
  const newestFirst = [...state.chats.values()].reverse();
  part('chats').replaceChildren(
    ...newestFirst.filter(({ phone }) => phone.includes(wanted)).map((chat) => element('li', {}, chatElement(chat))),
  );
}

function chatElement({ phone, messages, last }) {
  const button = element(
    'button',
    { type: 'button', className: 'chat', data: { phone } },
    element('span', { className: 'number', textContent: phone }),
    element('time', { textContent: clock.format(new Date(last.received_at)) }),
    element('span', { className: 'preview', textContent: last.text }),
    element('span', { className: 'preview', textContent: String(messages) }),
  );
  button.setAttribute('aria-current', String(phone === state.phone));
  button.addEventListener('click', () => void choose(phone));
  return button;
}

function messageElement(message) {
  return element(
    'li',
    { className: 'message', data: { messageId: message.id, at: message.received_at } },
    element(
      'div',
      { className: 'bubble ours' },
      element('div', { className: 'text', textContent: message.text }),
      element('div', { className: 'meta' }, ...metaElements(message)),
      element('div', { className: 'actions' }, ...actionElements(message)),
    ),
  );
}

function replyElement(message, reply) {
  return element(
    'li',
    { className: 'message', data: { answers: message.id, at: reply.at } },
    element(
      'div',
      { className: 'bubble theirs' },
      element('div', { className: 'text', textContent: reply.text }),
      element('div', { className: 'meta' }, element('time', { textContent: clock.format(new Date(reply.at)) })),
    ),
  );
}

function metaElements(message) {
  const name = message.notification_id ?? message.reference;
  const { status } = message;
  return [
    ...(name === undefined ? [] : [element('span', { textContent: name })]),
    ...(message.attempt === undefined ? [] : [element('span', { textContent: `attempt ${message.attempt}` })]),
    element('span', { textContent: message.contract }),
    element('time', { textContent: clock.format(new Date(message.received_at)) }),
    element('span', {
      className: 'ticks',
      textContent: signs[status],
      title: status,
      aria: status,
      role: 'img',
      data: { status },
    }),
  ];
}

function actionElements(message) {
  const buttons = receipts.map((status) => {
    const button = element('button', { type: 'button', textContent: status, data: { receipt: status } });
    button.title = `Send the receipt "${status}" now`;
    button.addEventListener('click', () => void post(`messages/${message.id}/receipts`, { status }));
    return button;
  });
  const reply = element('button', { type: 'button', textContent: 'write back', data: { action: 'reply' } });
  reply.addEventListener('click', () => {
    state.replyTo = message.id;
    showReplyTarget();
    part('reply').focus();
  });
  return [...buttons, reply];
}

function showReplyTarget() {
  const message = state.messages.get(state.replyTo);
  const about = message === undefined ? '' : `, on "${message.text.slice(0, 60)}"`;
  part('reply-label').textContent = `Write back as the customer${about}`;
}

function takeChange({ total, kept, more, messages }) {
  showTotals({ total, kept });
  if (more) return void reload();
  for (const message of messages) takeMessage(message);
  showChats();
}

function showTotals({ total, kept }) {
  const forgotten = kept < total ? `, the newest ${kept} are kept` : '';
  part('totals').textContent = total === 0 ? 'No messages yet' : `${total} messages${forgotten}`;
}

function takeMessage(message) {
  const chat = state.chats.get(message.recipient);
  const isNew = chat === undefined || (message.id !== chat.last.id && message.received_at >= chat.last.received_at);
  if (isNew) {
    state.chats.delete(message.recipient);
    state.chats.set(message.recipient, {
      phone: message.recipient,
      messages: (chat?.messages ?? 0) + 1,
      last: message,
    });
    if (state.chats.size > chatsShown) state.chats.delete(state.chats.keys().next().value);
  }
  if (message.recipient === state.phone) showMessage(message);
}

function showMessage(message) {
  const list = part('messages');
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  state.messages.set(message.id, message);
  placeMessage(message);
  if (state.messages.size > messagesShown) {
    const oldest = state.messages.keys().next().value;
    state.messages.delete(oldest);
    for (const shown of [shownMessage(oldest), ...shownReplies(oldest)]) shown.remove();
  }
  if (atEnd) scrollToEnd();
}

/** Shows a message and its replies, or shows them anew, each at its time: a reply stands where it was written. */
function placeMessage(message) {
  const shown = shownMessage(message.id);
  if (shown === null) place(messageElement(message));
  else shown.replaceWith(messageElement(message));
  for (const reply of shownReplies(message.id)) reply.remove();
  for (const reply of message.replies) place(replyElement(message, reply));
}

function place(made) {
  const earlier = [...part('messages').children].findLast(({ dataset }) => dataset.at <= made.dataset.at);
  if (earlier === undefined) part('messages').prepend(made);
  else earlier.after(made);
}

const shownMessage = (id) => part('messages').querySelector(`[data-message-id="${CSS.escape(id)}"]`);

const shownReplies = (id) => part('messages').querySelectorAll(`[data-answers="${CSS.escape(id)}"]`);

function scrollToEnd() {
  part('messages').scrollTop = part('messages').scrollHeight;
}

function watch() {
  const live = new EventSource('live');
  live.addEventListener('open', () => {
    part('connection').hidden = true;
    void reload();
  });
  live.addEventListener('error', () => (part('connection').hidden = false));
  live.addEventListener('change', (event) => takeChange(JSON.parse(event.data)));
}

part('search').addEventListener('input', showChats);
part('clear').addEventListener('click', () => {
  if (window.confirm('Forget all messages and counts?')) void ask('messages', { method: 'DELETE' });
});
part('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = part('reply').value.trim();
  const target = state.replyTo ?? [...state.messages.keys()].at(-1);
  if (text === '' || target === undefined) return;
  part('reply').value = '';
  void post(`messages/${target}/replies`, { text });
});

watch();
