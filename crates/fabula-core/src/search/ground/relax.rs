//! How far a state is from a better one if nothing ever stopped being so (delete relaxation: Bonet and Geffner 2001).
//!
//! Two numbers for each question: a bound from below (every step counted that must be on the way), and a guess (steps of
//! separate needs added up). What others believe is taken to be as it should.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::codes::Codes;
use super::form::{arith, compare, Char, Eff, Form, Lit, Slot, Val};
use super::task::{condition_reads, reads, val_reads};

use super::{Ground, Words};
use crate::expr::Arith;
use crate::search::limits::Limits;
use crate::value::Value;

/// A bound from below and a guess; [`NEVER`] where it cannot be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// No plan is shorter.
    pub least: u16,
    /// About how long one may be.
    pub guess: f32,
}

/// It cannot be.
pub const NEVER: Cost = Cost {
    least: u16::MAX,
    guess: f32::INFINITY,
};
const FREE: Cost = Cost {
    least: 0,
    guess: 0.0,
};
/// No operation: it is so from the start.
const NOBODY: u32 = u32::MAX;
/// More values than this are taken for any value.
const MANY: usize = 48;

impl Cost {
    fn and(self, other: Cost) -> Cost {
        Cost {
            least: self.least.max(other.least),
            guess: self.guess + other.guess,
        }
    }

    fn or(self, other: Cost) -> Cost {
        Cost {
            least: self.least.min(other.least),
            guess: self.guess.min(other.guess),
        }
    }

    fn step(self, steps: u16) -> Cost {
        if self == NEVER {
            return NEVER;
        }
        Cost {
            least: self.least.saturating_add(steps),
            guess: self.guess + f32::from(steps),
        }
    }

    fn below(self, other: Cost) -> bool {
        self.least < other.least || self.guess < other.guess
    }
}

/// About how many steps it takes to give somebody a reason for what does not serve him at once: to the author, for whom
/// people do things on their own account, and to a character, for whom they have to be brought to it.
const FAR: (f32, f32) = (1.0, 6.0);

/// About how many steps more an operation takes because others have to want it.
fn reluctance(op: &Op, lits: &[Cost], whose: u8) -> f32 {
    let far = if whose == 0 { FAR.0 } else { FAR.1 };
    let of = |m: &Motive| {
        if m.direct {
            return 0.0;
        }
        let with = |list: &Vec<u32>| list.iter().map(|&l| lits[l as usize].guess).sum::<f32>();
        m.with.iter().map(with).fold(far, f32::min)
    };
    let others = op.motives.iter().filter(|m| m.who + 1 != whose);
    others.map(of).sum()
}

/// A relaxed plan, from both its ends.
#[derive(Debug, Default)]
pub struct Way {
    leaves: Vec<u32>,
    first: Vec<u32>,
}

/// A value with its cost and the facts that it rests on.
type Traced = (Option<Value>, Cost, Vec<u32>);

/// A value with its cost; None is any value.
type Priced = SmallVec<[(Option<Value>, Cost); 6]>;

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

/// Costs of facts, and how far the spreading of costs has got.
#[derive(Default)]
struct Spread {
    facts: Vec<Cost>,
    /// The operation that makes each fact as cheap as it is.
    by: Vec<u32>,
    lits: Vec<Cost>,
    /// How many literals of each operation are still out of reach.
    lacking: Vec<u16>,
    queued: Vec<bool>,
    queue: std::collections::VecDeque<u32>,
}

/// Who asks: the author, who may use all actions, or a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Aim {
    /// Whose utility: 0 is the author, then the characters.
    pub whose: u8,
    /// The utility to get at, as bits of a number.
    bits: u64,
    /// Whether it has to be exceeded.
    above: bool,
}

impl Aim {
    /// To reach a utility.
    pub fn reach(whose: u8, utility: f64) -> Aim {
        Aim {
            whose,
            bits: utility.to_bits(),
            above: false,
        }
    }

    /// To exceed a utility.
    pub fn exceed(whose: u8, utility: f64) -> Aim {
        Aim {
            whose,
            bits: utility.to_bits(),
            above: true,
        }
    }
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
        let goal = f64::from_bits(aim.bits);
        let mut best = NEVER;
        for (value, cost) in relaxed.values(&task.utilities[usize::from(aim.whose)]) {
            let reached = value.is_none_or(|v| {
                let u = v.as_number().unwrap_or(0.0);
                u > goal || (!aim.above && u == goal)
            });
            if reached {
                best = best.or(cost);
            }
        }
        if self.known.len() > 2_000_000 {
            self.known.clear();
        }
        self.known.insert(key, best);
        best
    }

    fn spread_for(&mut self, codes: &Codes, words: &Words, whose: u8) {
        if self
            .of
            .as_ref()
            .is_none_or(|(w, a)| w != words || *a != whose)
        {
            self.spread(codes, words, whose);
            self.of = Some((words.clone(), whose));
        }
    }

    /// A relaxed plan from a state's values to an aim: which facts it begins with, and which its first steps make.
    pub fn way(&mut self, ground: &Ground, words: &[u64], aim: Aim) -> Option<Way> {
        let words: Words = words.into();
        let codes = &ground.codes;
        self.spread_for(codes, &words, aim.whose);
        let relaxed = Relaxed {
            from: &self.from,
            facts: &self.now.facts,
            codes,
            words: &words,
        };
        let goal = f64::from_bits(aim.bits);
        let reached = |v: &Option<Value>| {
            v.is_none_or(|v| {
                let u = v.as_number().unwrap_or(0.0);
                u > goal || (!aim.above && u == goal)
            })
        };
        let mut open = relaxed
            .traced(&ground.task.utilities[usize::from(aim.whose)])
            .into_iter()
            .filter(|(v, ..)| reached(v))
            .min_by(|a, b| a.1.guess.total_cmp(&b.1.guess))?
            .2;
        let mut way = Way::default();
        let mut seen = vec![false; self.size];
        while let Some(fact) = open.pop() {
            let i = fact as usize;
            if std::mem::replace(&mut seen[i], true) {
                continue;
            }
            let by = self.now.by[i];
            if by == NOBODY {
                way.leaves.push(fact);
                continue;
            }
            let op = &self.ops[by as usize];
            let cheapest = |facts: &Vec<u32>| {
                let cost = |f: &&u32| self.now.facts[**f as usize].guess;
                let known = facts.iter().filter(|f| cost(f).is_finite());
                known.min_by(|a, b| cost(a).total_cmp(&cost(b))).copied()
            };
            let before = open.len();
            open.extend(
                op.lits
                    .iter()
                    .filter_map(|l| cheapest(&self.makers[*l as usize])),
            );
            for form in &op.rest {
                open.extend(relaxed.traced_form(form, true).1);
            }
            let now = |f: &u32| self.now.facts[*f as usize].guess == 0.0;
            if op.steps > 0 && open[before..].iter().all(now) {
                way.first.push(fact);
            }
            for motive in op
                .motives
                .iter()
                .filter(|m| m.who + 1 != aim.whose && !m.direct)
            {
                let price = |list: &&Vec<u32>| {
                    list.iter()
                        .map(|&l| self.now.lits[l as usize].guess)
                        .sum::<f32>()
                };
                let best = motive
                    .with
                    .iter()
                    .min_by(|a, b| price(a).total_cmp(&price(b)));
                let lits = best.into_iter().flatten();
                open.extend(lits.filter_map(|l| cheapest(&self.makers[*l as usize])));
            }
        }
        Some(way)
    }

    /// Whether an action makes one of the facts that the first steps of a way make.
    pub fn helps(&self, ground: &Ground, way: &Way, act: u32) -> bool {
        let effects = &ground.task.acts[act as usize].effects;
        effects.iter().any(|e| self.makes_one(&way.first, e))
    }

    fn makes_one(&self, facts: &[u32], effect: &Eff) -> bool {
        match effect {
            Eff::Put(slot, code) => {
                facts.contains(&((self.from[*slot as usize] + *code as usize) as u32))
            }
            Eff::Set(slot, _) => {
                let from = self.from[*slot as usize] as u32;
                let to = self.from.get(*slot as usize + 1).map_or(self.size, |&x| x) as u32;
                facts.iter().any(|f| (from..to).contains(f))
            }
            Eff::If(_, then) => then.iter().any(|e| self.makes_one(facts, e)),
            Eff::Tell { .. } => false,
        }
    }

    /// Whether one of the facts that a way begins with is so in the second state and not in the first.
    pub fn begins_anew(&self, ground: &Ground, way: &Way, before: &[u64], after: &[u64]) -> bool {
        let mut found = false;
        ground.codes.differing(before, after, |slot| {
            let fact = self.from[slot as usize] + ground.codes.code(after, slot) as usize;
            let open = ground.codes.fields[slot as usize].values.is_empty();
            found |= open || way.leaves.contains(&(fact as u32));
        });
        found
    }

    /// Works out what every value of every fluent costs.
    fn spread(&mut self, codes: &Codes, words: &[u64], whose: u8) {
        let author = whose == 0;
        let mut now = std::mem::take(&mut self.now);
        now.facts.clear();
        now.facts.resize(self.size, NEVER);
        now.by.clear();
        now.by.resize(self.size, NOBODY);
        now.lits.clear();
        now.lits.resize(self.askers.len(), NEVER);
        now.lacking.clear();
        now.lacking.extend_from_slice(&self.counts);
        now.queued.clear();
        now.queued.resize(self.ops.len(), false);
        now.queue.clear();
        for &op in &self.free {
            self.enqueue(&mut now, op, author);
        }
        for (slot, field) in codes.fields.iter().enumerate() {
            if !field.values.is_empty() {
                let code = codes.code(words, slot as Slot) as usize;
                self.cheaper(&mut now, self.from[slot] + code, FREE, NOBODY, author);
            }
        }
        let bound = if author { self.bounds.0 } else { self.bounds.1 };
        let mut found: Vec<(usize, Cost)> = Vec::new();
        while let Some(i) = now.queue.pop_front() {
            now.queued[i as usize] = false;
            let op = &self.ops[i as usize];
            let mut cost = FREE;
            for &lit in &op.lits {
                cost = cost.and(now.lits[lit as usize]);
            }
            if cost.least.saturating_add(op.steps) > bound {
                continue;
            }
            found.clear();
            if !(op.rest.is_empty() && op.effects.is_empty()) {
                let relaxed = Relaxed {
                    from: &self.from,
                    facts: &now.facts,
                    codes,
                    words,
                };
                match relaxed.all(&op.rest) {
                    Some(rest) => cost = cost.and(rest),
                    None => continue,
                }
                relaxed.adds(&op.effects, cost.step(op.steps), &mut found);
            }
            let reached = cost.step(op.steps);
            if reached.least > bound {
                continue;
            }
            let reluctance = reluctance(op, &now.lits, whose);
            let reached = Cost {
                guess: reached.guess + reluctance,
                ..reached
            };
            for &fact in &op.puts {
                self.cheaper(&mut now, fact as usize, reached, i, author);
            }
            for &(fact, cost) in &found {
                self.cheaper(&mut now, fact, cost, i, author);
            }
        }
        self.now = now;
    }

    /// Lowers the cost of a fact, and sees what that makes cheaper.
    #[inline]
    fn cheaper(&self, now: &mut Spread, fact: usize, cost: Cost, by: u32, author: bool) {
        let known = now.facts[fact];
        if !cost.below(known) {
            return;
        }
        if cost.guess < known.guess {
            now.by[fact] = by;
        }
        now.facts[fact] = known.or(cost);
        let (lits, ops) = &self.makes[fact];
        for &lit in lits {
            let known = now.lits[lit as usize];
            if !cost.below(known) {
                continue;
            }
            now.lits[lit as usize] = known.or(cost);
            let first = known.least == u16::MAX;
            for &op in &self.askers[lit as usize] {
                if first {
                    now.lacking[op as usize] -= 1;
                }
                self.enqueue(now, op, author);
            }
        }
        for &op in ops {
            self.enqueue(now, op, author);
        }
    }

    #[inline]
    fn enqueue(&self, now: &mut Spread, op: u32, author: bool) {
        let i = op as usize;
        if now.lacking[i] == 0 && !now.queued[i] && (author || self.ops[i].planned) {
            now.queued[i] = true;
            now.queue.push_back(op);
        }
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

/// Costs looked up from some values.
struct Relaxed<'a> {
    from: &'a [usize],
    facts: &'a [Cost],
    codes: &'a Codes,
    words: &'a [u64],
}

impl Relaxed<'_> {
    fn all(&self, parts: &[Form]) -> Option<Cost> {
        let mut total = FREE;
        for part in parts {
            let cost = self.form(part, true);
            if cost.least == u16::MAX {
                return None;
            }
            total = total.and(cost);
        }
        Some(total)
    }

    fn form(&self, form: &Form, so: bool) -> Cost {
        match form {
            Form::Const(b) => {
                if *b == so {
                    FREE
                } else {
                    NEVER
                }
            }
            Form::Lit(lit) => {
                let from = self.from[lit.slot as usize];
                let every = self.codes.fields[lit.slot as usize].values.len();
                let mut codes = if so { lit.codes } else { !lit.codes };
                if every < 64 {
                    codes &= (1 << every) - 1;
                }
                let mut best = NEVER;
                while codes != 0 {
                    let code = codes.trailing_zeros() as usize;
                    codes &= codes - 1;
                    best = best.or(self.facts[from + code]);
                }
                best
            }
            Form::And(list) | Form::Or(list) => {
                if matches!(form, Form::And(_)) == so {
                    list.iter().fold(FREE, |c, f| c.and(self.form(f, so)))
                } else {
                    list.iter().fold(NEVER, |c, f| c.or(self.form(f, so)))
                }
            }
            Form::In(..) => FREE,
            Form::Cmp(op, a, b, wanted) => {
                let (a, b) = (self.values(a), self.values(b));
                let mut best = NEVER;
                for (x, cx) in &a {
                    for (y, cy) in &b {
                        let fits = match (x, y) {
                            (Some(x), Some(y)) => (compare(*op, *x, *y) == *wanted) == so,
                            _ => true,
                        };
                        if fits {
                            best = best.or(cx.and(*cy));
                        }
                    }
                }
                best
            }
        }
    }

    /// What a formula costs, and the facts that it rests on.
    fn traced_form(&self, form: &Form, so: bool) -> (Cost, Vec<u32>) {
        let free = |cost: Cost| (cost, Vec::new());
        match form {
            Form::Lit(lit) => {
                let from = self.from[lit.slot as usize];
                let every = self.codes.fields[lit.slot as usize].values.len();
                (0..every)
                    .filter(|code| ((lit.codes >> code) & 1 == 1) == so)
                    .map(|code| (self.facts[from + code], vec![(from + code) as u32]))
                    .min_by(|a, b| a.0.guess.total_cmp(&b.0.guess))
                    .unwrap_or((NEVER, Vec::new()))
            }
            Form::And(list) | Form::Or(list) => {
                let parts = list.iter().map(|f| self.traced_form(f, so));
                if matches!(form, Form::And(_)) == so {
                    parts.fold(free(FREE), |(c, mut all), (d, more)| {
                        all.extend(more);
                        (c.and(d), all)
                    })
                } else {
                    parts
                        .min_by(|a, b| a.0.guess.total_cmp(&b.0.guess))
                        .unwrap_or((NEVER, Vec::new()))
                }
            }
            Form::Cmp(op, a, b, wanted) => {
                let (a, b) = (self.traced(a), self.traced(b));
                let mut best = free(NEVER);
                for (x, cx, fx) in &a {
                    for (y, cy, fy) in &b {
                        let fits = match (x, y) {
                            (Some(x), Some(y)) => (compare(*op, *x, *y) == *wanted) == so,
                            _ => true,
                        };
                        let cost = cx.and(*cy);
                        if fits && cost.guess < best.0.guess {
                            best = (cost, [fx.clone(), fy.clone()].concat());
                        }
                    }
                }
                best
            }
            Form::Const(_) | Form::In(..) => free(self.form(form, so)),
        }
    }

    /// The values that an expression can get, each with its cost and the facts that it rests on.
    fn traced(&self, val: &Val) -> Vec<Traced> {
        let mut out: Vec<Traced> = Vec::new();
        match val {
            Val::Of(slot) => {
                let from = self.from[*slot as usize];
                let known = !self.codes.fields[*slot as usize].values.is_empty();
                for (v, cost) in self.values(val) {
                    let values = &self.codes.fields[*slot as usize].values;
                    let code = v
                        .and_then(|v| values.iter().position(|x| *x == v))
                        .unwrap_or(0);
                    let rests = known || v.is_none();
                    out.push((
                        v,
                        cost,
                        if rests {
                            vec![(from + code) as u32]
                        } else {
                            vec![]
                        },
                    ));
                }
            }
            Val::If(c, a, b) => {
                for (branch, so) in [(a, true), (b, false)] {
                    let (condition, facts) = self.traced_form(c, so);
                    if condition != NEVER {
                        for (v, cost, more) in self.traced(branch) {
                            let all = [facts.clone(), more].concat();
                            keep(&mut out, (v, cost.and(condition), all));
                        }
                    }
                }
            }
            Val::Arith(op, a, b) => return joined(*op, &self.traced(a), &self.traced(b)),
            Val::Sum(list) | Val::Product(list) => {
                let (start, op) = if matches!(val, Val::Sum(_)) {
                    (0.0, Arith::Add)
                } else {
                    (1.0, Arith::Mul)
                };
                out.push((Some(Value::Number(start)), FREE, Vec::new()));
                for part in list {
                    out = joined(op, &out, &self.traced(part));
                }
            }
            Val::Truth(form) => {
                for so in [true, false] {
                    let (cost, facts) = self.traced_form(form, so);
                    if cost != NEVER {
                        out.push((Some(Value::Bool(so)), cost, facts));
                    }
                }
            }
            Val::Const(_) | Val::In(..) => {
                out.extend(
                    self.values(val)
                        .into_iter()
                        .map(|(v, cost)| (v, cost, Vec::new())),
                );
            }
        }
        out
    }

    /// The values that an expression can get, each with its cost.
    fn values(&self, val: &Val) -> Priced {
        let mut out = Priced::new();
        match val {
            Val::Const(v) => out.push((Some(*v), FREE)),
            Val::Of(slot) => {
                let from = self.from[*slot as usize];
                let values = &self.codes.fields[*slot as usize].values;
                if values.is_empty() {
                    out.push((Some(self.codes.get(self.words, *slot)), FREE));
                    let any = self.facts[from];
                    if any != NEVER {
                        out.push((None, any));
                    }
                }
                for (code, v) in values.iter().enumerate() {
                    let cost = self.facts[from + code];
                    if cost != NEVER {
                        out.push((Some(*v), cost));
                    }
                }
            }
            Val::In(..) => out.push((None, FREE)),
            Val::If(c, a, b) => {
                for (branch, so) in [(a, true), (b, false)] {
                    let condition = self.form(c, so);
                    if condition != NEVER {
                        for (v, cost) in self.values(branch) {
                            price(&mut out, v, cost.and(condition));
                        }
                    }
                }
            }
            Val::Arith(op, a, b) => return combined(*op, &self.values(a), &self.values(b)),
            Val::Sum(list) | Val::Product(list) => {
                let (start, op) = if matches!(val, Val::Sum(_)) {
                    (0.0, Arith::Add)
                } else {
                    (1.0, Arith::Mul)
                };
                out.push((Some(Value::Number(start)), FREE));
                for part in list {
                    out = combined(op, &out, &self.values(part));
                }
            }
            Val::Truth(form) => {
                for so in [true, false] {
                    let cost = self.form(form, so);
                    if cost != NEVER {
                        out.push((Some(Value::Bool(so)), cost));
                    }
                }
            }
        }
        out
    }

    fn adds(&self, effects: &[Eff], cost: Cost, out: &mut Vec<(usize, Cost)>) {
        for effect in effects {
            match effect {
                Eff::Put(slot, code) => {
                    let from = self.from[*slot as usize];
                    let known = !self.codes.fields[*slot as usize].values.is_empty();
                    out.push((from + if known { *code as usize } else { 0 }, cost));
                }
                Eff::Set(slot, val) => {
                    let from = self.from[*slot as usize];
                    let domain = &self.codes.fields[*slot as usize].values;
                    for (v, more) in self.values(val) {
                        let total = cost.and(more);
                        match v.and_then(|v| domain.iter().position(|x| *x == v)) {
                            Some(code) => out.push((from + code, total)),
                            None => out.extend((0..domain.len().max(1)).map(|i| (from + i, total))),
                        }
                    }
                }
                Eff::If(c, then) => {
                    let condition = self.form(c, true);
                    if condition != NEVER {
                        self.adds(then, cost.and(condition), out);
                    }
                }
                Eff::Tell { .. } => {}
            }
        }
    }
}

fn price(out: &mut Priced, value: Option<Value>, cost: Cost) {
    match out.iter_mut().find(|(v, _)| *v == value) {
        Some(item) => item.1 = item.1.or(cost),
        None => out.push((value, cost)),
    }
}

fn combined(op: Arith, a: &Priced, b: &Priced) -> Priced {
    let mut out = Priced::new();
    for (x, cx) in a {
        for (y, cy) in b {
            let value = x.zip(*y).map(|(x, y)| arith(op, x, y));
            price(&mut out, value, cx.and(*cy));
        }
    }
    if out.len() > MANY {
        let least = out.iter().fold(NEVER, |c, (_, cost)| c.or(*cost));
        out.clear();
        out.push((None, least));
    }
    out
}

fn keep(out: &mut Vec<Traced>, item: Traced) {
    match out.iter_mut().find(|o| o.0 == item.0) {
        Some(old) if item.1.guess < old.1.guess => *old = item,
        Some(_) => {}
        None => out.push(item),
    }
}

fn joined(op: Arith, a: &[Traced], b: &[Traced]) -> Vec<Traced> {
    let mut out = Vec::new();
    for (x, cx, fx) in a {
        for (y, cy, fy) in b {
            let value = x.zip(*y).map(|(x, y)| arith(op, x, y));
            keep(
                &mut out,
                (value, cx.and(*cy), [fx.clone(), fy.clone()].concat()),
            );
        }
    }
    out.truncate(MANY);
    out
}
