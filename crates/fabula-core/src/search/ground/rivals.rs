//! Triggers that tell somebody different things of one fluent at the same time: a known value beats unknown, and when
//! whoever knew is silent again, the other has to be heard that was there all the while.

use rustc_hash::FxHashMap;

use super::form::{Char, Eff, Lit, Slot, Val};
use super::task::{condition_reads, reads, Task, Trig};
use crate::value::Value;

/// What a trigger tells somebody of a fluent: a value by its code, or (None) one that is not known beforehand.
struct Word {
    trig: u32,
    value: Option<Value>,
}

impl Word {
    fn gives_up(&self) -> bool {
        self.value.is_none_or(|v| v.is_unknown())
    }

    fn knows(&self) -> bool {
        self.value.is_none_or(|v| !v.is_unknown())
    }
}

/// Lets what ends the word of one trigger wake those that it was louder than.
pub(super) fn wake(task: &mut Task, code: &dyn Fn(Slot, Value) -> Option<u64>) {
    let mut words: FxHashMap<(Char, Slot), Vec<Word>> = FxHashMap::default();
    for (i, trig) in task.trigs.iter().enumerate() {
        for effect in &trig.effects {
            told(effect, &mut |who, slot, value| {
                let word = Word {
                    trig: i as u32,
                    value,
                };
                words.entry((who, slot)).or_default().push(word);
            });
        }
    }
    let slots = task.keys.len();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for (&(who, slot), list) in &words {
        let stays = |trig: &Trig, value: Option<Value>| {
            let code = value.and_then(|v| code(slot, v));
            let mut about = trig.minds.iter();
            about.all(|(c, lit)| {
                (*c, lit.slot) != (who, slot)
                    || code.is_none_or(|code| (lit.codes >> code) & 1 == 1)
            })
        };
        for loud in list.iter().filter(|w| w.knows()) {
            let trig = &task.trigs[loud.trig as usize];
            if !stays(trig, loud.value) {
                continue;
            }
            for other in list.iter().filter(|w| w.gives_up() && w.trig != loud.trig) {
                let rival = &task.trigs[other.trig as usize];
                if stays(rival, loud.value) && together(&trig.lits, &rival.lits) {
                    pairs.push((loud.trig, other.trig));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    for (loud, rival) in pairs {
        let trig = &task.trigs[loud as usize];
        let (own, mind, deep) = (&mut task.own, &mut task.mind, &mut task.deep);
        for lit in &trig.lits {
            own[lit.slot as usize].push((!lit.codes, rival));
        }
        for (c, lit) in &trig.minds {
            mind[usize::from(*c) * slots + lit.slot as usize].push((!lit.codes, rival));
        }
        let mut visit = |chain: Option<Option<Char>>, slot: Slot, _: u64| match chain {
            Some(None) => own[slot as usize].push((u64::MAX, rival)),
            Some(Some(c)) => mind[usize::from(c) * slots + slot as usize].push((u64::MAX, rival)),
            None => deep.iter_mut().for_each(|d| d.push(rival)),
        };
        trig.rest
            .iter()
            .for_each(|f| reads(f, Some(None), &mut visit));
        trig.effects
            .iter()
            .for_each(|e| condition_reads(e, &mut visit));
    }
}

/// Whether literals can hold at the same time.
fn together(a: &[Lit], b: &[Lit]) -> bool {
    a.iter().all(|x| {
        let mut same = b.iter().filter(|y| y.slot == x.slot);
        same.all(|y| x.codes & y.codes != 0)
    })
}

/// Calls `visit` with whom an effect tells what of which fluent.
fn told(effect: &Eff, visit: &mut dyn FnMut(Char, Slot, Option<Value>)) {
    match effect {
        Eff::Set(..) | Eff::Put(..) => {}
        Eff::If(_, then) => then.iter().for_each(|e| told(e, visit)),
        Eff::Tell {
            chain, slot, val, ..
        } => {
            let value = match val {
                Val::Const(v) => Some(*v),
                _ => None,
            };
            visit(chain[0], *slot, value);
        }
    }
}
