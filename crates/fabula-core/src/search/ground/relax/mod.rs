//! How far a state is from a better one if nothing ever stopped being so (delete relaxation: Bonet and Geffner 2001).
//!
//! Two numbers for each question: a bound from below (every step counted that must be on the way), and a guess (steps of
//! separate needs added up). What others believe is taken to be as it should.

mod cost;
mod spread;
mod values;
mod way;

use rustc_hash::FxHashMap;

pub use cost::{Aim, Cost, NEVER};
pub use way::Way;

use spread::Spread;
use values::Relaxed;

use super::codes::Codes;
use super::form::{Char, Eff, Form, Lit, Slot};
use super::task::{condition_reads, reads, val_reads};
use super::{Ground, Words};
use crate::search::limits::Limits;

/// No operation: it is so from the start.
const NOBODY: u32 = u32::MAX;

/// An action or trigger that sets something.
struct Op {
    /// Its literals, by number: each of them stands once for all operations that ask for it.
    lits: Vec<u32>,
    /// What else must hold.
    rest: Vec<Form>,
    /// Facts that it sets whatever else is so.
    puts: Vec<u32>,
    /// What else it does.
    effects: Vec<Eff>,
    steps: u16,
    /// Whether somebody consents to it: the others nobody plans.
    planned: bool,
    /// For everybody who consents, what would give him a reason at once.
    motives: Vec<Motive>,
}

/// What makes an operation worth while for somebody.
struct Motive {
    who: Char,
    /// Whether it changes at once what he cares about.
    direct: bool,
    /// Literals with which it sets off a trigger that changes what he cares about.
    with: Vec<Vec<u32>>,
}

/// The relaxation of a task, with what was worked out before.
pub struct Relax {
    ops: Vec<Op>,
    /// Where each fluent's facts begin.
    from: Vec<usize>,
    size: usize,
    /// By literal: the operations that ask for it.
    askers: Vec<Vec<u32>>,
    /// By literal: the facts that make it so.
    makers: Vec<Vec<u32>>,
    /// By fact: the literals that it makes so, and the operations that look at it otherwise.
    makes: Vec<(Vec<u32>, Vec<u32>)>,
    /// How many literals each operation has.
    counts: Vec<u16>,
    /// Operations without literals.
    free: Vec<u32>,
    known: FxHashMap<(Words, Aim), Cost>,
    now: Spread,
    /// What `now` is of: the values, and who asks.
    of: Option<(Words, u8)>,
    /// Costs beyond these are of no use, to the author and to others.
    bounds: (u16, u16),
}

impl Relax {
    /// The relaxation of a ground problem, in which costs beyond the limits need not be known.
    pub fn new(ground: &Ground, limits: Limits) -> Relax {
        let (task, codes) = (&ground.task, &ground.codes);
        let mut from = Vec::new();
        let mut size = 0;
        for field in &codes.fields {
            from.push(size);
            size += field.values.len().max(1);
        }
        let mut relax = Relax {
            ops: Vec::new(),
            from,
            size,
            askers: Vec::new(),
            makers: Vec::new(),
            makes: vec![(Vec::new(), Vec::new()); size],
            counts: Vec::new(),
            free: Vec::new(),
            known: FxHashMap::default(),
            now: Spread::default(),
            of: None,
            bounds: (limits.author as u16, limits.character as u16),
        };
        let mut numbers: FxHashMap<(Slot, u64), u32> = FxHashMap::default();
        let sets = |effects: &[Eff]| effects.iter().any(sets_something);
        for act in task.acts.iter().filter(|a| sets(&a.effects)) {
            let planned = !act.consenting.is_empty();
            relax.add(
                codes,
                &mut numbers,
                (&act.lits, &act.rest, &act.effects),
                1,
                planned,
            );
        }
        for trig in task.trigs.iter().filter(|t| sets(&t.effects)) {
            relax.add(
                codes,
                &mut numbers,
                (&trig.lits, &trig.rest, &trig.effects),
                0,
                true,
            );
        }
        relax.find_motives(ground, &mut numbers);
        relax
    }

    /// See [`Op::motives`].
    fn find_motives(&mut self, ground: &Ground, numbers: &mut FxHashMap<(Slot, u64), u32>) {
        let (task, codes) = (&ground.task, &ground.codes);
        let sets = |effects: &[Eff]| effects.iter().any(sets_something);
        let acts: Vec<&super::Act> = task.acts.iter().filter(|a| sets(&a.effects)).collect();
        for who in 0..task.characters.len() as u8 {
            let mut cares = vec![false; task.keys.len()];
            let utility = &task.utilities[usize::from(who) + 1];
            val_reads(utility, Some(None), &mut |_, slot, _| {
                cares[slot as usize] = true
            });
            let matters = |e: &Eff| changes(e, &|slot| cares[slot as usize]);
            let triggers: Vec<_> = task
                .trigs
                .iter()
                .filter(|t| t.effects.iter().any(matters))
                .collect();
            for (i, act) in acts
                .iter()
                .enumerate()
                .filter(|(_, a)| a.consenting.contains(&who))
            {
                let mut motive = Motive {
                    who,
                    direct: act.effects.iter().any(matters),
                    with: Vec::new(),
                };
                for trig in &triggers {
                    let made = |lit: &Lit| self.ops[i].puts.iter().any(|&f| self.is_made(lit, f));
                    if !trig.lits.iter().any(made) {
                        continue;
                    }
                    let lacking: Vec<Lit> =
                        trig.lits.iter().filter(|l| !made(l)).copied().collect();
                    let mine: Vec<u32> = lacking
                        .iter()
                        .map(|l| self.number(codes, numbers, l))
                        .collect();
                    for &lit in &mine {
                        for fact in self.makers[lit as usize].clone() {
                            let watching = &mut self.makes[fact as usize].1;
                            if !watching.contains(&(i as u32)) {
                                watching.push(i as u32);
                            }
                        }
                    }
                    motive.with.push(mine);
                }
                self.ops[i].motives.push(motive);
            }
        }
    }

    fn is_made(&self, lit: &Lit, fact: u32) -> bool {
        let from = self.from[lit.slot as usize];
        let code = (fact as usize).wrapping_sub(from);
        code < 64 && (lit.codes >> code) & 1 == 1
    }

    /// The number of a literal.
    fn number(
        &mut self,
        codes: &Codes,
        numbers: &mut FxHashMap<(Slot, u64), u32>,
        lit: &Lit,
    ) -> u32 {
        let fresh = numbers.len() as u32;
        let number = *numbers.entry((lit.slot, lit.codes)).or_insert(fresh);
        if number == fresh {
            self.askers.push(Vec::new());
            self.makers.push(Vec::new());
            for code in 0..codes.fields[lit.slot as usize].values.len() {
                if (lit.codes >> code) & 1 == 1 {
                    let fact = self.from[lit.slot as usize] + code;
                    self.makes[fact].0.push(fresh);
                    self.makers[fresh as usize].push(fact as u32);
                }
            }
        }
        number
    }

    fn add(
        &mut self,
        codes: &Codes,
        numbers: &mut FxHashMap<(Slot, u64), u32>,
        (lits, rest, effects): (&[Lit], &[Form], &[Eff]),
        steps: u16,
        planned: bool,
    ) {
        let op = self.ops.len() as u32;
        let mut mine = Vec::new();
        for lit in lits {
            let number = self.number(codes, numbers, lit);
            if !mine.contains(&number) {
                mine.push(number);
                self.askers[number as usize].push(op);
            }
        }
        let (mut puts, mut other) = (Vec::new(), Vec::new());
        for effect in effects {
            match effect {
                Eff::Put(slot, code) if !codes.fields[*slot as usize].values.is_empty() => {
                    puts.push((self.from[*slot as usize] + *code as usize) as u32);
                }
                Eff::Tell { .. } => {}
                effect => other.push(effect.clone()),
            }
        }
        let (from, makes) = (&self.from, &mut self.makes);
        let mut look = |chain: Option<Option<Char>>, slot: Slot, _: u64| {
            if chain == Some(None) {
                let first = from[slot as usize];
                let end = first + codes.fields[slot as usize].values.len().max(1);
                for watching in &mut makes[first..end] {
                    if watching.1.last() != Some(&op) {
                        watching.1.push(op);
                    }
                }
            }
        };
        rest.iter().for_each(|f| reads(f, Some(None), &mut look));
        other.iter().for_each(|e| condition_reads(e, &mut look));
        if mine.is_empty() {
            self.free.push(op);
        }
        self.counts.push(mine.len() as u16);
        self.ops.push(Op {
            lits: mine,
            rest: rest.to_vec(),
            puts,
            effects: other,
            steps,
            planned,
            motives: Vec::new(),
        });
    }

    /// Bytes taken.
    pub fn bytes(&self) -> usize {
        self.known.capacity() * (std::mem::size_of::<(Words, Aim)>() + 9)
    }

    /// What it costs to get from a state's values to an aim.
    pub fn cost(&mut self, ground: &Ground, words: &[u64], aim: Aim) -> Cost {
        let key: (Words, Aim) = (words.into(), aim);
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let task = ground.task.clone();
        let codes = &ground.codes;
        self.spread_for(codes, &key.0, aim.whose);
        let relaxed = Relaxed {
            from: &self.from,
            facts: &self.now.facts,
            codes,
            words,
        };
        let mut best = NEVER;
        for (value, cost) in relaxed.values(&task.utilities[usize::from(aim.whose)]) {
            if aim.is_reached(value) {
                best = best.or(cost);
            }
        }
        if self.known.len() > 2_000_000 {
            self.known.clear();
        }
        self.known.insert(key, best);
        best
    }
}

fn changes(effect: &Eff, cares: &dyn Fn(Slot) -> bool) -> bool {
    match effect {
        Eff::Set(slot, _) | Eff::Put(slot, _) => cares(*slot),
        Eff::If(_, then) => then.iter().any(|e| changes(e, cares)),
        Eff::Tell { .. } => false,
    }
}

fn sets_something(effect: &Eff) -> bool {
    match effect {
        Eff::Set(..) | Eff::Put(..) => true,
        Eff::If(_, then) => then.iter().any(sets_something),
        Eff::Tell { .. } => false,
    }
}
