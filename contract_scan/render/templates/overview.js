(function(){"use strict";
var d=document,table=d.getElementById("cases"),body=table.tBodies[0],rows=Array.from(body.rows),form=d.getElementById("filter"),told=d.getElementById("told"),texts=null;
function value(row,i){var c=row.cells[i];return"v"in c.dataset?c.dataset.v:c.textContent}
function sort(head,i){
  var up=head.getAttribute("aria-sort")==="descending",numeric=head.dataset.sort==="n",way=up?1:-1,collator=new Intl.Collator("zh");
  table.querySelectorAll("[aria-sort]").forEach(function(x){x.removeAttribute("aria-sort")});
  head.setAttribute("aria-sort",up?"ascending":"descending");
  var keyed=rows.map(function(r){var v=value(r,i);return[numeric?(v===""?null:parseFloat(v)):v,r]});
  keyed.sort(function(a,b){var x=a[0],y=b[0];
    if(x===null||y===null||x===""||y==="")return(x===null||x==="")-(y===null||y==="");
    return numeric?way*(x-y):way*collator.compare(x,y)});
  rows=keyed.map(function(k){return k[1]});
  var all=d.createDocumentFragment();rows.forEach(function(r){all.appendChild(r)});body.appendChild(all)}
table.querySelectorAll("th[data-sort]").forEach(function(head){
  var b=d.createElement("button");b.type="button";b.className="so";
  while(head.firstChild)b.appendChild(head.firstChild);
  head.appendChild(b);b.onclick=function(){sort(head,head.cellIndex)}});
function filter(){
  texts=texts||new Map(rows.map(function(r){return[r,(r.textContent+" "+r.cells[0].firstChild.title).toLowerCase()]}));
  var words=form.words.value.toLowerCase().split(/\s+/).filter(Boolean),level=form.level.value,lender=form.lender.value,rule=form.rule.value,above=parseFloat(form.above.value),shown=0;
  rows.forEach(function(r){
    var ok=(!level||r.dataset.l===level)&&(!lender||r.dataset.w===lender)&&(!rule||(" "+r.dataset.r+" ").indexOf(" "+rule+" ")>=0)&&(isNaN(above)||parseFloat(r.dataset.y)>above)&&words.every(function(w){return texts.get(r).indexOf(w)>=0});
    if(r.hidden===ok)r.hidden=!ok;
    shown+=ok});
  told.textContent=shown===rows.length?"":"显示 "+shown+" 份，共 "+rows.length+" 份"}
var later=0;
form.hidden=false;
form.addEventListener("input",function(){clearTimeout(later);later=setTimeout(filter,120)});
form.addEventListener("reset",function(){setTimeout(filter)});
form.addEventListener("submit",function(e){e.preventDefault();filter()});
d.querySelectorAll("[data-level]").forEach(function(a){a.addEventListener("click",function(){form.level.value=a.dataset.level;filter()})});
d.addEventListener("keydown",function(e){if(e.key==="/"&&!/input|select/i.test(d.activeElement.tagName)){e.preventDefault();form.words.focus()}});
var was=[];addEventListener("beforeprint",function(){was=Array.from(d.querySelectorAll("details:not([open])"));was.forEach(function(x){x.open=true})});
addEventListener("afterprint",function(){was.forEach(function(x){x.open=false})});
})();
