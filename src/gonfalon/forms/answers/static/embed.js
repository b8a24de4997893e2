// Shows a form inside another site's page:
// <script async src="https://…/forms/embed.js" data-form="ID" data-show="inline|popup|bar|slide"
//   data-after="10" data-scroll="50" data-leaving data-again="30"></script>
// after: seconds; scroll: percent of the page; leaving: when the pointer leaves towards the tabs; again: days until a
// form that was closed is shown again. A form that was answered is not shown again.
(() => {
  const script = document.currentScript;
  const base = new URL(script.src).origin;
  const { form, show = "inline", after, scroll, leaving, again = "30", width = "440" } = script.dataset;
  if (!form) return;
  const name = `gonfalon-form-${form}`;
  const read = () => {
    try {
      return Number(localStorage.getItem(name) ?? 0);
    } catch {
      return 0;
    }
  };
  const keep = (until) => {
    try {
      localStorage.setItem(name, String(until));
    } catch {
      // Storage is forbidden: it is shown again on the next page.
    }
  };
  const address = new URL(`/forms/${form}`, base);
  address.searchParams.set("embed", "1");
  address.searchParams.set("page", location.href.slice(0, 2000));
  for (const [key, value] of new URLSearchParams(location.search))
    if (!address.searchParams.has(key)) address.searchParams.set(key, value);
  const visitor = window.gonfalon?.anonymousId?.();
  if (visitor) address.searchParams.set("anonymous_id", visitor);

  const frame = document.createElement("iframe");
  frame.title = script.dataset.title ?? document.title;
  frame.style.cssText = "border:0;width:100%;min-height:120px;display:block;color-scheme:normal";
  let close = () => {};
  addEventListener("message", (event) => {
    if (event.origin !== base || event.source !== frame.contentWindow || event.data?.gonfalon !== form) return;
    if (event.data.height) frame.style.height = `${event.data.height}px`;
    if (event.data.state !== "taken") return;
    keep(Number.MAX_SAFE_INTEGER);
    dispatchEvent(new CustomEvent("gonfalon:answered", { detail: { form } }));
    if (/^https:/.test(event.data.address ?? "")) location.assign(event.data.address);
  });
  const load = () => {
    frame.src = address.href;
  };
  if (show === "inline") {
    frame.loading = "lazy";
    load();
    script.after(frame);
    return;
  }
  if (read() > Date.now()) return;

  const labels = { en: "Close", fr: "Fermer", sv: "Stäng", zh: "关闭" };
  const open = () => {
    const box = document.createElement("dialog");
    const edge = show === "bar" ? "inset:auto 0 0 0;width:100%;max-width:none" : "inset:auto 20px 20px auto";
    const place = show === "popup" ? "margin:auto" : `position:fixed;margin:0;${edge};z-index:2147483000`;
    const size = show === "bar" ? "" : `width:min(${Number.parseInt(width, 10)}px,calc(100vw - 24px));`;
    box.style.cssText = `${place};${size}max-height:92vh;overflow:auto;padding:0;border:1px solid #8886;border-radius:8px;
      background:Canvas;color:CanvasText;box-shadow:0 12px 40px #0003`;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.ariaLabel = labels[document.documentElement.lang.slice(0, 2)] ?? labels.en;
    button.style.cssText =
      "position:absolute;top:6px;right:6px;width:36px;height:36px;border:0;background:none;color:inherit;font:24px/1 system-ui;cursor:pointer";
    close = () => box.close();
    button.addEventListener("click", close);
    box.addEventListener("close", () => {
      if (read() <= Date.now()) keep(Date.now() + Number(again) * 864e5);
      box.remove();
    });
    box.append(button, frame);
    document.body.append(box);
    load();
    if (show === "popup") box.showModal();
    else box.show();
  };
  let opened = false;
  const once = () => {
    if (opened) return;
    opened = true;
    open();
  };
  const watch = () => {
    const seen = (scrollY + innerHeight) / document.documentElement.scrollHeight;
    if (seen * 100 >= Number(scroll)) once();
  };
  const timed = after !== undefined || (scroll === undefined && leaving === undefined);
  if (timed) setTimeout(once, Number(after ?? 5) * 1000);
  if (scroll !== undefined) addEventListener("scroll", watch, { passive: true });
  if (leaving !== undefined)
    document.documentElement.addEventListener("mouseleave", (event) => event.clientY <= 0 && once());
})();
