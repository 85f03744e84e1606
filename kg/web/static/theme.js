"use strict";
// Light or dark: as the reader's system has it, or as the reader chose here. It is chosen before anything is painted.
(() => {
  const KEY = "abstractkg-theme", root = document.documentElement, dark = matchMedia("(prefers-color-scheme: dark)");
  const system = () => (dark.matches ? "dark" : "light");

  /** What this browser keeps for us; one that keeps nothing (its reader's wish) throws, and the choice is this page's. */
  function kept(act) {
    try { return act(localStorage); } catch (error) { console.info(`the theme is not remembered: ${error.message}`); return null; }
  }

  const chosen = kept((storage) => storage.getItem(KEY));
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme"), drawing = document.getElementById("drawing");
    /** The picture in its frame has the theme of the page around it. */
    const tell = () => drawing?.contentWindow.postMessage({ theme: root.dataset.theme ?? null }, "*");
    drawing?.addEventListener("load", tell);
    tell();
    button.hidden = false;
    button.addEventListener("click", () => {
      const wanted = (root.dataset.theme ?? system()) === "dark" ? "light" : "dark";
      if (wanted === system()) {
        delete root.dataset.theme;
        kept((storage) => storage.removeItem(KEY));
      } else {
        root.dataset.theme = wanted;
        kept((storage) => storage.setItem(KEY, wanted));
      }
      tell();
    });
  });
})();
