// A signature drawn with a finger or the mouse; it travels as a PNG in the form's hidden field.
(() => {
  "use strict";

  document.querySelectorAll("[data-drawing]").forEach((box) => {
    const canvas = box.querySelector("canvas");
    const value = box.closest("form").querySelector("[data-drawing-value]");
    const pen = canvas.getContext("2d");
    pen.lineWidth = 4;
    pen.lineCap = pen.lineJoin = "round";
    const at = (event) => {
      const frame = canvas.getBoundingClientRect();
      return [(event.clientX - frame.left) * canvas.width / frame.width, (event.clientY - frame.top) * canvas.height / frame.height];
    };
    let drawing = false;
    canvas.addEventListener("pointerdown", (event) => {
      drawing = true;
      canvas.setPointerCapture(event.pointerId);
      pen.beginPath();
      pen.moveTo(...at(event));
      event.preventDefault();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!drawing) return;
      pen.lineTo(...at(event));
      pen.stroke();
    });
    const lift = () => {
      if (drawing) value.value = canvas.toDataURL("image/png");
      drawing = false;
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    box.querySelector("[data-drawing-clear]").addEventListener("click", () => {
      pen.clearRect(0, 0, canvas.width, canvas.height);
      value.value = "";
    });
  });
})();
