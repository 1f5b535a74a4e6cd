/* The local page's only script. Everything works without it; it adds dragging, waiting, copying and ticks. */
(function () {
  "use strict";
  var doc = document;
  function id(name) { return doc.getElementById(name); }
  function each(query, act) { Array.prototype.forEach.call(doc.querySelectorAll(query), act); }
  function say(text) { var live = id("live"); if (live) { live.textContent = text; } }
  each(".js", function (node) { node.hidden = false; });

  /* The first screen was painted first; now the rest is laid out, so that every jump lands where it should. */
  function settle() { requestAnimationFrame(function () { setTimeout(function () { doc.body.classList.add("settled"); }, 0); }); }
  if (location.hash) { doc.body.classList.add("settled"); } else if (doc.readyState === "complete") { settle(); } else { addEventListener("load", settle); }

  /* What was said about the last form gets the focus. */
  var told = id("told");
  if (told) { told.focus(); }
  if (location.hash === "#paste" && id("paste")) { id("paste").open = true; id("text").focus(); }

  /* Uploads: send, wait for the end, show it. A size is refused before it is sent. */
  function problem(form, text) {
    var old = form.querySelector(".told");
    if (old) { old.remove(); }
    var note = doc.createElement("p");
    note.className = "told bad";
    note.setAttribute("role", "alert");
    note.textContent = text;
    note.tabIndex = -1;
    form.insertBefore(note, form.firstChild);
    note.focus();
    busy(form, false);
  }
  function busy(form, on) {
    form.setAttribute("aria-busy", on ? "true" : "false");
    each("button[type=submit]", function (button) {
      if (button.form !== form) { return; }
      button.disabled = on;
      if (on) { button.dataset.word = button.textContent; button.textContent = "正在读……"; }
      else if (button.dataset.word) { button.textContent = button.dataset.word; }
    });
    if (on) { say("正在读，请稍等"); }
  }
  function chosen(form) {
    var size = 0, count = 0;
    Array.prototype.forEach.call(form.querySelectorAll("input[type=file]"), function (input) {
      Array.prototype.forEach.call(input.files, function (file) { size += file.size; count += 1; });
    });
    return { size: size, count: count };
  }
  each("form[data-upload]", function (form) {
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      var have = chosen(form), text = form.querySelector("#text"), most = Number(form.dataset.most || 50);
      if (form.id === "start" && !have.count && !(text && text.value.trim())) {
        problem(form, "还没有选文件，也没有粘贴文字。");
        return;
      }
      if (have.size > most * 1e6) {
        problem(form, "文件有 " + Math.round(have.size / 1e6) + " MB，这里最多读 " + most + " MB：请只保留合同和附件的部分，或者把照片拍小一点。");
        return;
      }
      var data = new FormData(form);
      busy(form, true);
      fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.json(); })
        .then(function (told) {
          if (told.problem) { problem(form, told.problem); return; }
          location.assign(told.job);
        })
        .catch(function () { problem(form, "本机页面没有回应：看看启动它的窗口是不是还开着，再试一次。"); });
    });
  });
  addEventListener("pageshow", function (event) {
    if (event.persisted) { each("form[data-upload]", function (form) { busy(form, false); }); }
  });

  /* The waiting page. */
  var wait = id("wait");
  if (wait) {
    var began = Date.now(), stage = id("stage");
    setInterval(function () {
      var seconds = Math.round((Date.now() - began) / 1000);
      id("elapsed").textContent = seconds > 1 ? "已经 " + seconds + " 秒。" : "";
    }, 1000);
    (function ask() {
      fetch(wait.dataset.job + "/state?wait=1", { headers: { Accept: "application/json" } })
        .then(function (answer) { return answer.json(); })
        .then(function (told) {
          if (told.state === "waiting" || told.state === "reading") {
            stage.textContent = told.ahead ? "前面还有 " + told.ahead + " 份，读完就轮到这一份" : "读文件、算成本、逐条检查";
            say(stage.textContent);
            ask();
          } else { location.replace(wait.dataset.job); }
        })
        .catch(function () { setTimeout(ask, 2000); });
    })();
  }

  /* Choosing files: dragging is a shortcut only. */
  var drop = id("drop"), file = id("file"), cam = id("cam"), picked = id("picked");
  function show() {
    var names = [], size = 0;
    [file, cam].forEach(function (input) {
      Array.prototype.forEach.call(input.files, function (one) { names.push(one.name); size += one.size; });
    });
    picked.textContent = names.length ? "已选 " + names.length + " 个：" + names.join("、") + "（" + (size / 1e6).toFixed(1) + " MB）" : "";
  }
  if (drop) {
    file.addEventListener("change", show);
    cam.addEventListener("change", show);
    ["dragenter", "dragover"].forEach(function (name) {
      doc.addEventListener(name, function (event) { event.preventDefault(); drop.classList.add("on"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      doc.addEventListener(name, function (event) { event.preventDefault(); drop.classList.remove("on"); });
    });
    doc.addEventListener("drop", function (event) {
      if (!event.dataTransfer.files.length) { return; }
      file.files = event.dataTransfer.files;
      show();
      id("start").requestSubmit();
    });
    show();
  }

  /* Ticks, kept in this browser under the digest of the file. */
  var key = doc.body.dataset.key ? "contract-scan:" + doc.body.dataset.key : "", ticks = {};
  try { ticks = JSON.parse(localStorage.getItem(key)) || {}; } catch (error) { ticks = {}; }
  function left() {
    var boxes = doc.querySelectorAll("#before [data-tick]"), open = 0;
    Array.prototype.forEach.call(boxes, function (box) { if (!box.checked) { open += 1; } });
    if (boxes.length) {
      id("left").textContent = open ? "还有 " + open + " 项没有核对，共 " + boxes.length + " 项" : "都核对过了。仍然拿不准，就先不签。";
    }
  }
  if (key) {
    each("[data-tick]", function (box) {
      box.checked = !!ticks[box.dataset.tick];
      box.addEventListener("change", function () {
        ticks[box.dataset.tick] = box.checked;
        try { localStorage.setItem(key, JSON.stringify(ticks)); } catch (error) { say("浏览器不让保存勾选"); }
        left();
      });
    });
    left();
    /* Whoever still has the page open still reads it. */
    setInterval(function () {
      if (!doc.hidden) { fetch(location.pathname + "/state").catch(function () { return 0; }); }
    }, 240000);
  }

  /* The letter: a tick adds a paragraph, taking it away removes it; what the reader wrote stays. */
  function toggle(area, paragraph, on) {
    var at = area.value.indexOf(paragraph);
    if (on && at < 0) {
      var end = area.value.lastIndexOf(area.id === "letter" ? "\n\n以上内容写进合同" : "\n\n写进合同再签");
      if (end < 0) { end = area.value.length; }
      area.value = area.value.slice(0, end) + "\n\n" + paragraph + area.value.slice(end);
      return true;
    }
    if (!on && at >= 0) {
      area.value = (area.value.slice(0, at) + area.value.slice(at + paragraph.length)).replace(/\n{3,}/g, "\n\n");
      return true;
    }
    return on;
  }
  function count() {
    var npt = id("npt");
    if (npt) { npt.textContent = "已选 " + doc.querySelectorAll("[data-letter]:checked").length + " 点"; }
  }
  each("[data-letter]", function (box) {
    box.addEventListener("change", function () {
      var letter = toggle(id("letter"), box.dataset.letter, box.checked);
      var chat = toggle(id("chat"), box.dataset.chat, box.checked);
      if (!box.checked && !(letter && chat)) { say("这一段你改过，请在信里自己删"); }
      else { say(box.checked ? "已加到信里" : "已从信里拿掉"); }
      count();
    });
  });
  count();
  var write = doc.querySelector(".write");
  if (write) {
    write.classList.add("tabbed");
    each(".tabs button", function (button) {
      button.addEventListener("click", function () {
        var chat = button.dataset.form === "chat";
        write.classList.toggle("chat", chat);
        each(".tabs button", function (other) { other.setAttribute("aria-pressed", other === button ? "true" : "false"); });
      });
    });
  }
  function done(button, word) {
    var old = button.dataset.word || button.textContent;
    button.dataset.word = old;
    button.textContent = word;
    say(word);
    setTimeout(function () { button.textContent = old; }, 1800);
  }
  function select(node) {
    if (node.select) { node.select(); return; }
    var range = doc.createRange(), all = getSelection();
    range.selectNodeContents(node);
    all.removeAllRanges();
    all.addRange(range);
  }
  function copy(button, node) {
    var text = node.value === undefined ? node.textContent : node.value;
    function byHand() {
      select(node);
      var ok = false;
      try { ok = doc.execCommand("copy"); } catch (error) { ok = false; }
      done(button, ok ? "已复制" : "已选中，请按复制键");
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(function () { done(button, "已复制"); }, byHand);
    } else { byHand(); }
  }
  each("[data-copy]", function (button) {
    button.addEventListener("click", function () { copy(button, id(button.dataset.copy)); });
  });
  /* Every sentence to send gets its own button. */
  each("body[data-key] p.send", function (node) {
    var button = doc.createElement("button");
    button.type = "button";
    button.className = "cp";
    button.textContent = "复制";
    button.setAttribute("aria-label", "复制：" + node.textContent.slice(0, 20));
    button.addEventListener("click", function () { copy(button, node); });
    node.parentNode.insertBefore(button, node.nextSibling);
  });

  /* Printing: folds are opened, the letter can be printed alone. */
  var folded = [];
  addEventListener("beforeprint", function () {
    each("details:not([open])", function (fold) { folded.push(fold); fold.open = true; });
  });
  addEventListener("afterprint", function () {
    folded.forEach(function (fold) { fold.open = false; });
    folded = [];
    doc.body.classList.remove("printing-letter");
  });
  var paper = id("print-letter"), whole = id("print-all");
  if (paper) {
    paper.addEventListener("click", function () {
      var sheet = doc.querySelector(".letter-print") || doc.createElement("div");
      sheet.className = "letter-print";
      sheet.textContent = id("letter").value;
      doc.body.appendChild(sheet);
      doc.body.classList.add("printing-letter");
      print();
    });
  }
  if (whole) { whole.addEventListener("click", function () { print(); }); }

  /* Income: the same words as the command line, computed here and sent nowhere. */
  var pay = id("pay");
  function yuan(amount) { return amount.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ",") + " 元"; }
  if (pay) {
    pay.addEventListener("input", function () {
      var income = Number(pay.value), highest = Number(id("income").dataset.highest), share = highest / income;
      if (!(income > 0) || !isFinite(share)) { id("burden").textContent = ""; return; }
      var rest = "余下 " + yuan(income - highest);
      var word = share > 1 ? "，超过一个月的收入：只靠收入还不上这一期。"
        : share > 0.5 ? "，超过一半：" + rest + "要管全部生活，收入一有变动就可能逾期。"
        : share > 0.3 ? "，三成以上：" + rest + "，请先算清每月的固定开支。" : "，" + rest + "。";
      id("burden").textContent = "还款最多的一期 " + yuan(highest) + "，是月收入的 " + Math.round(share * 100) + "%" + word + "其他借款、信用卡、房租也要加在一起算。";
    });
  }
})();
