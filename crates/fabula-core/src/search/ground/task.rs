//! A ground problem: actions and triggers with their things filled in, over fluents that can change.

use smallvec::SmallVec;

use super::apart::Apart;
use super::form::{Char, Eff, Form, Lit, Slot, Val};
use crate::value::{Entity, Key, Value};

/// An action with its things.
#[derive(Clone, Debug)]
pub struct Act {
    /// The action of the problem.
    pub schema: u32,
    /// Its things.
    pub args: SmallVec<[Entity; 4]>,
    /// What must hold.
    pub pre: Form,
    /// The literals of it that must all hold, the rest of it in `rest`.
    pub lits: Vec<Lit>,
    /// See `lits`.
    pub rest: Vec<Form>,
    /// What it does.
    pub effects: Vec<Eff>,
    /// Who must want it.
    pub consenting: SmallVec<[Char; 2]>,
    /// Who takes it in, by character.
    pub observes: Vec<Form>,
    /// Whether it makes anybody believe something.
    pub tells: bool,
    /// Whether who takes it in can be seen from values alone.
    pub open: bool,
    /// Whether a surprised observer can be put right by the literals of `pre` alone.
    pub plain: bool,
    /// Whether what it does to a mind can be worked out without the others.
    pub apart: Apart,
}

/// A trigger with its things.
#[derive(Clone, Debug)]
pub struct Trig {
    /// Literals in somebody's mind.
    pub minds: Vec<(Char, Lit)>,
    /// Literals.
    pub lits: Vec<Lit>,
    /// What else must hold.
    pub rest: Vec<Form>,
    /// What it does.
    pub effects: Vec<Eff>,
}

/// Which triggers a changed value can wake: those with a literal on it that has this code among its own.
pub type Wakes = Vec<(u64, u32)>;

/// A ground problem.
pub struct Task {
    /// The fluents.
    pub keys: Vec<Key>,
    /// The actions.
    pub acts: Vec<Act>,
    /// The triggers.
    pub trigs: Vec<Trig>,
    /// The utility of the author, then of each character.
    pub utilities: Vec<Val>,
    /// The characters.
    pub characters: Vec<Entity>,
    /// Values that never change and differ from the default.
    pub fixed: Vec<(Key, Value)>,
    /// By fluent.
    pub own: Vec<Wakes>,
    /// By character and fluent: `c * keys + slot`.
    pub mind: Vec<Wakes>,
    /// By character: triggers that look deeper into his mind.
    pub deep: Vec<Vec<u32>>,
    /// By character: triggers that tell him something.
    pub tellers: Vec<Vec<u32>>,
}

/// Calls `visit` with every fluent that a formula reads, and whose mind it is read in (None where it is read deeper).
pub fn reads(
    form: &Form,
    chain: Option<Option<Char>>,
    visit: &mut dyn FnMut(Option<Option<Char>>, Slot, u64),
) {
    match form {
        Form::Const(_) => {}
        Form::Lit(lit) => visit(chain, lit.slot, lit.codes),
        Form::And(list) | Form::Or(list) => list.iter().for_each(|f| reads(f, chain, visit)),
        Form::Cmp(_, a, b, _) => {
            val_reads(a, chain, visit);
            val_reads(b, chain, visit);
        }
        // Where it must not be so, other codes count.
        Form::In(c, inner, _) => reads(inner, deeper(chain, *c), &mut |chain, slot, _| {
            visit(chain, slot, u64::MAX)
        }),
    }
}

/// See [`reads`].
pub fn val_reads(
    val: &Val,
    chain: Option<Option<Char>>,
    visit: &mut dyn FnMut(Option<Option<Char>>, Slot, u64),
) {
    match val {
        Val::Const(_) => {}
        Val::Of(slot) => visit(chain, *slot, u64::MAX),
        Val::In(c, inner) => val_reads(inner, deeper(chain, *c), visit),
        Val::If(c, a, b) => {
            reads(c, chain, &mut |chain, slot, _| visit(chain, slot, u64::MAX));
            val_reads(a, chain, visit);
            val_reads(b, chain, visit);
        }
        Val::Arith(_, a, b) => {
            val_reads(a, chain, visit);
            val_reads(b, chain, visit);
        }
        Val::Sum(list) | Val::Product(list) => list.iter().for_each(|v| val_reads(v, chain, visit)),
        Val::Truth(form) => reads(form, chain, &mut |chain, slot, _| {
            visit(chain, slot, u64::MAX)
        }),
    }
}

fn deeper(chain: Option<Option<Char>>, c: Char) -> Option<Option<Char>> {
    match chain {
        Some(None) => Some(Some(c)),
        Some(Some(d)) if d == c => chain,
        _ => None,
    }
}

impl Task {
    /// Fills in what wakes which trigger; `code` is of a value of a fluent.
    pub fn index(&mut self, code: &dyn Fn(Slot, Value) -> Option<u64>) {
        let (slots, minds) = (self.keys.len(), self.characters.len());
        self.own = vec![Vec::new(); slots];
        self.mind = vec![Vec::new(); slots * minds];
        self.deep = vec![Vec::new(); minds];
        self.tellers = vec![Vec::new(); minds];
        for (i, trig) in self.trigs.iter().enumerate() {
            let i = i as u32;
            for lit in &trig.lits {
                self.own[lit.slot as usize].push((lit.codes, i));
            }
            for (c, lit) in &trig.minds {
                self.mind[usize::from(*c) * slots + lit.slot as usize].push((lit.codes, i));
            }
            let (own, mind, deep) = (&mut self.own, &mut self.mind, &mut self.deep);
            let mut visit = |chain: Option<Option<Char>>, slot: Slot, codes: u64| match chain {
                Some(None) => own[slot as usize].push((codes, i)),
                Some(Some(c)) => mind[usize::from(c) * slots + slot as usize].push((codes, i)),
                None => deep.iter_mut().for_each(|d| d.push(i)),
            };
            trig.rest
                .iter()
                .for_each(|f| reads(f, Some(None), &mut visit));
            trig.effects
                .iter()
                .for_each(|e| effect_reads(e, &mut visit));
            trig.effects
                .iter()
                .for_each(|e| told(e, &mut |c| self.tellers[usize::from(c)].push(i)));
        }
        super::rivals::wake(self, code);
        let sorted = |list: &mut Wakes| {
            list.sort_unstable_by_key(|(codes, i)| (*i, *codes));
            list.dedup();
        };
        self.own.iter_mut().for_each(sorted);
        self.mind.iter_mut().for_each(sorted);
        self.deep.iter_mut().for_each(|d| d.dedup());
        self.tellers.iter_mut().for_each(|d| d.dedup());
        for act in &mut self.acts {
            act.apart = super::apart::action(act);
        }
    }
}

/// An effect whose outcome depends on a fluent does something new when that fluent changes.
fn effect_reads(effect: &Eff, visit: &mut dyn FnMut(Option<Option<Char>>, Slot, u64)) {
    match effect {
        Eff::Set(slot, val) => {
            visit(Some(None), *slot, u64::MAX);
            val_reads(val, Some(None), visit);
        }
        Eff::Put(slot, _) => visit(Some(None), *slot, u64::MAX),
        Eff::If(c, then) => {
            reads(c, Some(None), &mut |chain, slot, _| {
                visit(chain, slot, u64::MAX)
            });
            then.iter().for_each(|e| effect_reads(e, visit));
        }
        Eff::Tell {
            chain, slot, val, ..
        } => {
            match chain.as_slice() {
                [c] => visit(Some(Some(*c)), *slot, u64::MAX),
                _ => visit(None, *slot, u64::MAX),
            }
            val_reads(val, Some(None), visit);
        }
    }
}

/// Calls `visit` with everybody whom an effect tells something.
fn told(effect: &Eff, visit: &mut dyn FnMut(Char)) {
    match effect {
        Eff::Set(..) | Eff::Put(..) => {}
        Eff::If(_, then) => then.iter().for_each(|e| told(e, visit)),
        Eff::Tell { chain, .. } => visit(chain[0]),
    }
}

/// Calls `visit` with what an effect's conditions and values read.
pub fn condition_reads(effect: &Eff, visit: &mut dyn FnMut(Option<Option<Char>>, Slot, u64)) {
    match effect {
        Eff::Set(_, val) => val_reads(val, Some(None), visit),
        Eff::If(c, then) => {
            reads(c, Some(None), visit);
            then.iter().for_each(|e| condition_reads(e, visit));
        }
        Eff::Tell { val, .. } => val_reads(val, Some(None), visit),
        Eff::Put(..) => {}
    }
}
