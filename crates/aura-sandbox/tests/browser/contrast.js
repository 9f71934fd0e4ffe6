// Gives the texts that stand out too little from what is behind them, one a line: less than
// MINIMUM to 1. SCHEME is `dark` or `light`.
new Promise((done) => {
  const rgba = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], below) =>
    [r, g, b].map((part, at) => part * a + below[at] * (1 - a)).concat(1);
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    if (!element) return [255, 255, 255, 1];
    const colour = rgba(getComputedStyle(element).backgroundColor);
    return colour[3] === 1 ? colour : over(colour, behind(element.parentElement));
  };
  const opacity = (element) =>
    element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  const contrast = (element) => {
    const background = behind(element);
    const colour = rgba(getComputedStyle(element).color);
    colour[3] *= opacity(element);
    const [dark, light] = [background, over(colour, background)].map(luminance).sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const look = () => {
    const isShown = document.querySelector(".opblock-body .highlight-code");
    const isChanging = document.getAnimations().length > 0;
    if (!isShown || isChanging || !matchMedia("(prefers-color-scheme: SCHEME)").matches) {
      setTimeout(look, 20);
      return;
    }
    const found = new Set();
    for (const element of document.querySelectorAll("body, body *")) {
      const texts = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
      const text = texts.map((node) => node.data.trim()).join(" ").trim();
      if (!text || !element.checkVisibility() || element.closest("svg, option")) continue;
      const ratio = contrast(element);
      if (ratio < MINIMUM) found.add(`${ratio.toFixed(2)} ${element.tagName}.${element.className} “${text.slice(0, 40)}”`);
    }
    done([...found].join("\n"));
  };
  look();
})
