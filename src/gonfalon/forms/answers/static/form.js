// What a form page gains by a script: one step at a time, fields that depend on answers, the proof of work, and word to
// the page around it. Without a script the whole form is shown and works.
(() => {
  const form = document.querySelector("form[data-next]");
  const embedded = window.parent !== window;
  const tell = (message) => {
    if (embedded) window.parent.postMessage({ gonfalon: location.pathname.split("/").pop(), ...message }, "*");
  };
  if (embedded) {
    const grow = () => tell({ height: Math.ceil(document.documentElement.getBoundingClientRect().height) });
    new ResizeObserver(grow).observe(document.documentElement);
    grow();
  }
  const done = document.querySelector("[data-state]");
  if (done) tell({ state: done.dataset.state, address: done.dataset.address });
  if (!form) return;

  const own = (name) => form.elements[name];
  const answers = (name) =>
    new FormData(form)
      .getAll(name)
      .map(String)
      .filter((value) => value !== "");

  // The same rules as the server's `is_shown`; what is hidden is not sent, and its answers count as none.
  const holds = ({ field, compare, values }) => {
    const given = answers(field);
    if (compare === "answered") return given.length > 0;
    if (compare === "not_answered") return given.length === 0;
    if (compare === "at_least" || compare === "at_most") {
      const [number, bound] = [Number.parseFloat(given[0]), Number.parseFloat(values[0])];
      return compare === "at_least" ? number >= bound : number <= bound;
    }
    const said = given.map((value) => value.toLowerCase());
    const among = values.some((value) => said.includes(value.toLowerCase()));
    return compare === "is" ? among : !among;
  };
  const conditional = [...form.querySelectorAll("[data-if]")].map((box) => [box, JSON.parse(box.dataset.if)]);
  const show = () => {
    for (const [box, condition] of conditional) {
      const shown = holds(condition);
      box.hidden = !shown;
      for (const input of box.querySelectorAll("input, select, textarea")) input.disabled = !shown;
    }
    for (const words of form.querySelectorAll(".own")) {
      const chosen = answers(words.name.slice(0, -"__other".length)).includes("other");
      words.hidden = !chosen;
      words.required = chosen;
    }
  };
  form.addEventListener("input", show);
  show();

  // Groups of boxes that must be answered: browsers know this of single inputs only.
  const missing = (part) =>
    [...part.querySelectorAll("fieldset[data-required]")].find(
      (group) => !group.closest("[hidden]") && !group.querySelector("input:checked"),
    );
  const complete = (part) => {
    for (const input of part.querySelectorAll("input, select, textarea")) {
      input.setCustomValidity("");
      if (!input.checkValidity()) {
        input.reportValidity();
        return false;
      }
    }
    const group = missing(part);
    if (!group) return true;
    group.querySelector("input").focus();
    group.querySelector("legend").scrollIntoView({ block: "center" });
    group.setAttribute("aria-invalid", "true");
    return false;
  };

  const steps = [...form.querySelectorAll(".step")];
  const actions = form.querySelector(".actions");
  const send = actions.querySelector("button");
  let at = Math.max(
    0,
    steps.findIndex((step) => step.querySelector("[aria-invalid=true]")),
  );
  const next = document.createElement("button");
  next.type = "button";
  next.textContent = form.dataset.next;
  const back = document.createElement("button");
  back.type = "button";
  back.className = "quiet";
  back.textContent = form.dataset.back;
  if (steps.length > 1) actions.prepend(back, next);
  const go = (to, focus) => {
    at = to;
    for (const [place, step] of steps.entries()) step.hidden = place !== at;
    back.hidden = at === 0;
    next.hidden = at === steps.length - 1;
    send.hidden = at < steps.length - 1;
    if (focus) steps[at].querySelector("input:not([type=hidden], :disabled), select, textarea")?.focus();
  };
  if (steps.length > 1) go(at, false);
  next.addEventListener("click", () => complete(steps[at]) && go(at + 1, true));
  back.addEventListener("click", () => go(at - 1, true));

  // SHA-256 (FIPS 180-4) of a short text; `crypto.subtle` is away on pages without TLS.
  const primes = [];
  for (let number = 2; primes.length < 64; number++) if (primes.every((prime) => number % prime)) primes.push(number);
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
  const constants = primes.map((prime) => fraction(Math.cbrt(prime)));
  const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  const turn = (word, by) => (word >>> by) | (word << (32 - by));
  const firstWord = (text) => {
    const bytes = new TextEncoder().encode(text);
    const length = ((bytes.length + 8) >> 6) + 1;
    const words = new Int32Array(length * 16);
    for (const [place, byte] of bytes.entries()) words[place >> 2] |= byte << (24 - 8 * (place & 3));
    words[bytes.length >> 2] |= 128 << (24 - 8 * (bytes.length & 3));
    words[length * 16 - 1] = bytes.length * 8;
    let state = start;
    for (let block = 0; block < length; block++) {
      const w = new Int32Array(64);
      w.set(words.subarray(block * 16, block * 16 + 16));
      for (let i = 16; i < 64; i++) {
        const low = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const high = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + low + w[i - 7] + high) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i++) {
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + constants[i] + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      state = [a, b, c, d, e, f, g, h].map((word, place) => (word + state[place]) | 0);
    }
    return state[0];
  };
  const challenge = own("challenge").value;
  const worked = new Promise((resolve) => {
    let tried = 0;
    const work = () => {
      for (const end = tried + 2000; tried < end; tried++)
        if (firstWord(`${challenge}:${tried}`) >>> 16 === 0) return resolve(String(tried));
      setTimeout(work);
    };
    setTimeout(work);
  });
  let ready = false;
  form.addEventListener("submit", async (event) => {
    if (ready) return;
    event.preventDefault();
    if (!complete(form)) return;
    send.disabled = true;
    own("proof").value = await worked;
    ready = true;
    form.submit();
  });
  addEventListener("pageshow", () => {
    ready = false;
    send.disabled = false;
  });
})();
