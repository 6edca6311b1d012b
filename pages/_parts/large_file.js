// One file at a time: asked for, sent when the page has answered with a ticket, read when the page runs again.

const MEGABYTE = 1048576;
const kept = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector);
  const [box, input, bar, button] = ["section", "input", "progress", "button"].map(find);
  const state = kept.get(parentElement) ?? {};
  kept.set(parentElement, state);
  const { words } = data;

  // The focus is here, or nowhere because what had it is hidden now: never taken from a reader who went on.
  const isMine = (focused) => focused === document.body || focused === parentElement.host;

  const show = (stage, said = "") => {
    const changes = box.dataset.state !== stage;
    box.dataset.state = stage;
    find("[role=status]").textContent = said;
    if (changes && isMine(document.activeElement)) (stage === "busy" ? button : input).focus({ preventScroll: true });
  };

  const end = (said) => {
    state.id = state.file = state.request = null;
    input.value = "";
    button.hidden = false;
    show("idle", said);
  };

  const arrived = () => {
    state.request = null;
    button.hidden = true;
    find("[role=status]").textContent = words.arrived;
    setTriggerValue("arrived", state.id);
  };

  const tell = (loaded, all, seconds) => {
    const megabytes = (bytes) => Math.floor(bytes / MEGABYTE).toLocaleString();
    const left = Math.ceil(((all - loaded) * seconds) / Math.max(loaded, 1));
    const wait = left < 60 ? words.seconds.replace("{n}", left) : words.minutes.replace("{n}", Math.ceil(left / 60));
    const sent = words.sent.replace("{done}", megabytes(loaded)).replace("{all}", megabytes(all));
    bar.value = loaded;
    find("#sent").textContent = loaded < all && seconds > 1 ? `${sent}, ${wait}` : sent;
  };

  const send = (ticket) => {
    const request = (state.request = new XMLHttpRequest());
    const start = performance.now();
    bar.max = Math.max(state.file.size, 1);
    show("busy", words.stay);
    request.upload.onprogress = ({ loaded, total }) => tell(loaded, total, (performance.now() - start) / 1000);
    request.onload = () => (request.status === 204 ? arrived() : end(request.responseText || words.lost));
    request.onerror = () => end(words.lost);
    request.open("PUT", data.path);
    request.setRequestHeader(data.header, ticket);
    request.send(state.file);
  };

  find("label").textContent = words.label;
  find("#why").textContent = words.why;
  button.textContent = words.cancel;

  input.onchange = () => {
    [state.file] = input.files;
    if (!state.file) return;
    state.id = crypto.randomUUID();
    find("#name").textContent = state.file.name;
    find("#sent").textContent = "";
    bar.removeAttribute("value");
    show("busy", words.asked);
    setTriggerValue("asked", { id: state.id, name: state.file.name, size: state.file.size });
  };

  button.onclick = () => {
    state.request?.abort();
    end(words.cancelled);
  };

  const { answer } = data;
  if (state.file && !state.request && !button.hidden && answer?.id === state.id) {
    if (answer.ticket) send(answer.ticket);
    else end("");
  } else if (button.hidden && !answer) {
    end("");
  }

  return () => state.request?.abort();
}
